import { awsCall, sent } from "../../../lib/layer/aws-call";
import type { Environment } from "../../../lib/layer/environment-schema";
import { type Preflight, preflight } from "../../../lib/layer/preflight";

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
  return preflight({
    about: `the role ${arn}`,
    call: awsCall("iam", "GetRole", { RoleName: name }),
    actions: ["iam:GetRole"],
    verdict: ({ Role }) => {
      const actual = sent(Role?.Arn, "Role.Arn");
      if (actual === arn) return undefined;
      return {
        reason: `access.adminRoleArns lists "${arn}", but the ARN of this role is "${actual}"`,
        cure: `Replace it by "${actual}" in the environment file`,
      };
    },
    verdictOnRefusal: ({ code }) =>
      code === "NoSuchEntityException"
        ? {
            reason: `access.adminRoleArns lists "${arn}", but the account has no role "${name}"`,
            cure: "Create the role, or correct access.adminRoleArns in the environment file",
          }
        : undefined,
  });
}
