import { rangeSize } from "../../../lib/layer/source-range";
import { mostRanges } from "../../../lib/constructs/source-groups";
import type { Environment } from "../../../lib/layer/environment-schema";
import type { Problem } from "../../../lib/layer/layer";

/** Each range needs a rule for port 443 and one for port 80. */
const longestAllowList = mostRanges(2);

/** Reports problems with the allow-lists of an environment. */
export function accessProblems({ access }: Pick<Environment, "access">): Problem[] {
  return [
    ...openAdministration(access.adminCidrs),
    ...tooLong("adminCidrs", access.adminCidrs),
    ...tooLong("publicCidrs", access.publicCidrs),
  ];
}

function openAdministration(adminCidrs: readonly string[]): Problem[] {
  return adminCidrs.flatMap((cidr, index) =>
    cidr.endsWith("/0")
      ? [
          {
            path: ["access", "adminCidrs", index],
            message: `"${cidr}" opens Argo CD and Gitea to the whole internet`,
            hint: "Specify the addresses of administrators, e.g. those of an office or VPN",
          },
        ]
      : [],
  );
}

function tooLong(list: "adminCidrs" | "publicCidrs", ranges: readonly string[]): Problem[] {
  const families = ranges.map((range) => rangeSize(range).family);
  return (["IPv4", "IPv6"] as const).flatMap((family) => {
    const count = families.filter((other) => other === family).length;
    if (count <= longestAllowList) return [];
    return [
      {
        path: ["access", list],
        message: `has ${count} ${family} ranges, but the security groups of a load balancer allow ${longestAllowList}`,
        hint: "Merge adjacent ranges",
      },
    ];
  });
}
