import type { Environment } from "./environment-schema";
import type { Problem } from "./layer";

/**
 * Reports a policy that roles of the environment cannot have: customer-managed ones are for the principals of their own
 * account, https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
 */
export function foreignPolicy(
  arn: string,
  { partition, account }: Pick<Environment, "partition" | "account">,
  path: Problem["path"],
): readonly Problem[] {
  const [, home, , , owner = ""] = arn.split(":");
  if (home !== partition) {
    return [
      {
        path,
        message: `the ARN belongs to the partition "${home ?? ""}", but partition is "${partition}"`,
        hint: `Write an ARN that begins with "arn:${partition}:"`,
      },
    ];
  }
  if (owner === "aws" || owner === account) return [];
  return [
    {
      path,
      message: `the policy belongs to the account "${owner}", but account is "${account}", whose roles can have its own policies and those of AWS only`,
      hint: `Create the policy in the account "${account}", and write its ARN`,
    },
  ];
}
