import type { Environment } from "../../../lib/layer/environment-schema";
import type { Problem } from "../../../lib/layer/layer";

/** Default quota of inbound rules per security group. */
const rulesPerSecurityGroup = 60;
/** Each source needs a rule for port 443 and one for port 80; so do the three NAT addresses. */
const longestAllowList = rulesPerSecurityGroup / 2 - 3;

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

function tooLong(list: "adminCidrs" | "publicCidrs", cidrs: readonly string[]): Problem[] {
  if (cidrs.length <= longestAllowList) return [];
  return [
    {
      path: ["access", list],
      message: `has ${cidrs.length} ranges, but a security group allows ${longestAllowList}`,
      hint: "Merge adjacent ranges",
    },
  ];
}
