import { z } from "zod";
import type { Environment } from "../../../lib/layer/environment-schema";
import type { Preflight } from "../../../lib/layer/preflight";

const fetched = z.object({ Role: z.object({ Arn: z.string() }) });

/**
 * EKS refuses an access entry for a role that does not exist, or whose ARN lacks the role's path, e.g. that of a role of
 * IAM Identity Center, with "invalid principal": https://github.com/terraform-aws-modules/terraform-aws-eks/issues/2969
 */
export function adminRoleChecks({ account, access }: Environment): readonly Preflight[] {
  // Roles of other accounts can be listed, but not looked up.
  const own = access.adminRoleArns.filter((arn) => arn.includes(`:iam::${account}:`));
  return own.map((arn) => adminRoleCheck(arn));
}

function adminRoleCheck(arn: string): Preflight {
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  return {
    about: `the role ${arn}`,
    arguments: ["iam", "get-role", "--role-name", name],
    actions: ["iam:GetRole"],
    verdict: (answer) => {
      const { Arn } = fetched.parse(answer).Role;
      if (Arn === arn) return undefined;
      return {
        reason: `access.adminRoleArns lists "${arn}", but the ARN of this role is "${Arn}"`,
        cure: `Replace it by "${Arn}" in the environment file`,
      };
    },
    verdictOnRefusal: ({ code }) =>
      code === "NoSuchEntity"
        ? {
            reason: `access.adminRoleArns lists "${arn}", but the account has no role "${name}"`,
            cure: "Create the role, or correct access.adminRoleArns in the environment file",
          }
        : undefined,
  };
}
