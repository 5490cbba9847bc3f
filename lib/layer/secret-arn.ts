import { z } from "zod";
import type { Environment } from "./environment-schema";
import type { Precondition, Problem } from "./layer";

/** The ARN of a secret, which ends with random characters: https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html */
export const secretArn = z
  .string()
  .regex(
    /^arn:[\w-]+:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/,
    'must be the complete ARN of a secret in Secrets Manager, e.g. "arn:aws:secretsmanager:us-west-2:111122223333:secret:smtp-AbCdEf"',
  );

/** Reports an ARN of another partition, account or Region than the environment's, where Terraform would not find it. */
export function secretPlaceProblems(
  { partition, region, account }: Pick<Environment, "partition" | "region" | "account">,
  path: Problem["path"],
  arn: string,
): readonly Problem[] {
  const expected = `arn:${partition}:secretsmanager:${region}:${account}:`;
  if (arn.startsWith(expected)) return [];
  return [
    {
      path,
      message: `must begin with "${expected}": secrets are read in the environment's account and Region`,
      hint: "Replicate the secret to the Region, or store it in the account",
    },
  ];
}

/** A secret that exists before a layer is applied, as a rehearsal simulates it: JSON with these keys. */
export function simulatedSecret(id: string, keys: readonly string[]): readonly Precondition[] {
  const content = Object.fromEntries(keys.map((key) => [key, "simulated"]));
  return [
    { type: "aws_secretsmanager_secret", attributes: { id, arn: id, name: id.replace(/^.*:secret:/, "") } },
    {
      type: "aws_secretsmanager_secret_version",
      attributes: { secret_id: id, secret_string: JSON.stringify(content) },
    },
  ];
}
