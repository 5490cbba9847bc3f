import { awsCall } from "./aws-call";
import type { Environment } from "./environment-schema";
import { type Preflight, preflight } from "./preflight";

/** Asks for the policy that is every role's permissions boundary, without which the first layer with a role would fail. */
export function boundaryChecks({ iam, account }: Pick<Environment, "iam" | "account">): readonly Preflight[] {
  const arn = iam.permissionsBoundaryArn;
  if (arn === undefined) return [];
  return [
    preflight({
      about: `the permissions boundary ${arn}`,
      call: awsCall("iam", "GetPolicy", { PolicyArn: arn }),
      actions: ["iam:GetPolicy"],
      verdict: ({ Policy }) => {
        if (Policy?.IsAttachable !== false) return undefined;
        return {
          reason: `iam.permissionsBoundaryArn names "${arn}", a policy that AWS attaches to no role`,
          cure: "Write the ARN of a policy that roles can have",
        };
      },
      verdictOnRefusal: ({ code }) =>
        code === "NoSuchEntityException"
          ? {
              reason: `iam.permissionsBoundaryArn names "${arn}", but there is no such policy for the account ${account}`,
              cure: "Create the policy, or correct iam.permissionsBoundaryArn in the environment file",
            }
          : undefined,
    }),
  ];
}
