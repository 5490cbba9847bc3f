import { z } from "zod";
import type { Environment } from "./environment-schema";
import type { Problem } from "./layer";
import { nameInIam, sameness } from "./sameness";

/** ARN of an IAM policy that roles can have, of AWS or of an account. */
export const managedPolicyArn = z
  .string()
  .regex(
    /^arn:aws(-cn|-us-gov)?:iam::(aws|\d{12}):policy\/[\w+=,.@/-]+$/,
    'must be the ARN of an IAM policy, e.g. "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"',
  )
  // PolicyNotAttachable: https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html
  .refine(
    (arn) => !/:iam::aws:policy\/aws-service-role\//.test(arn),
    "must not be a policy of AWS for service-linked roles, which no other role can have",
  )
  .register(sameness, nameInIam);

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
