import { z } from "zod";
import { nameInIam, sameness } from "./sameness";

/** ARN of an IAM policy that roles can have, of AWS or of an account; the example is of its use. */
export function managedPolicyArn(example: string): z.ZodString {
  return (
    z
      .string()
      .regex(
        /^arn:aws(-cn|-us-gov)?:iam::(aws|\d{12}):policy\/([\w+=,.@-]+\/)*[\w+=,.@-]+$/,
        `must be the ARN of an IAM policy, e.g. "${example}"`,
      )
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
      .refine(
        (arn) => !/[^/]{129}$/.test(arn),
        "must end with the name of a policy, which has at most 128 characters",
      )
      // PolicyNotAttachable: https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html
      .refine(
        (arn) => !/:iam::aws:policy\/aws-service-role\//.test(arn),
        "must not be a policy of AWS for service-linked roles, which no other role can have",
      )
      .register(sameness, nameInIam)
  );
}
