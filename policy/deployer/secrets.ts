import { viaService } from "../../lib/layer/partition";
import type { ArnSource } from "./account";
import { allow, type Allowance } from "./statements";

/**
 * The decryption of secrets that an environment file names, whatever key they are encrypted with: through Secrets Manager
 * only, and of no other secret. The environment's own are encrypted with its own keys.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html#security-encryption-encryption-context
 */
export function secretAllowances({ synthesised, context }: ArnSource): readonly Allowance[] {
  const named = synthesised.reads
    .filter(({ type }) => type === "ephemeral.aws_secretsmanager_secret_version")
    .flatMap((read) => synthesised.written(read, "secret_id"));
  if (named.length === 0) return [];
  const { partition, region, account } = context;
  return [
    allow(["kms:Decrypt"], [`arn:${partition}:kms:${region}:${account}:key/*`], {
      StringEquals: {
        "kms:EncryptionContext:SecretARN": [...new Set(named)].sort(),
        "kms:ViaService": viaService("secretsmanager", context),
      },
    }),
  ];
}
