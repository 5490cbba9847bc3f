import type { Environment } from "../../../lib/layer/environment-schema";
import type { Problem } from "../../../lib/layer/layer";

/** Quota of AWS for rules of one security group and direction, unless the account has raised it. */
const rulesPerSecurityGroup = 60;
/** Every client needs a rule for HTTPS and one for the redirect to it; three rules more let the pods' NAT addresses in. */
const longestAllowList = rulesPerSecurityGroup / 2 - 3;

/** What is wrong with the allow-lists of an environment. */
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
            hint: "Name the addresses of administrators, e.g. those of an office or VPN",
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
      message: `has ${cidrs.length} ranges, a security group takes ${longestAllowList}`,
      hint: "Merge neighbouring ranges into larger ones",
    },
  ];
}
