import { each, mustHaveCompanion } from "../checks";
import { rules } from "../rule";

/** Rules about secrets and parameters. */
export const secretsRules = rules({
  "secret-encrypted": {
    title: "Secrets are encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_149", "AWS-0098"],
    reason: "Reading one then needs the key too",
    fix: "Set kms_key_id",
    check: each(["aws_secretsmanager_secret"], (secret) =>
      secret.has("kms_key_id") ? undefined : "it is not encrypted with a key of ours",
    ),
  },
  "secret-rotation": {
    title: "Secrets are rotated, at least every 90 days",
    publicIds: ["CKV2_AWS_57", "SecretsManager.1", "SecretsManager.4"],
    reason: "Whoever read one once can use it until then",
    fix: "Add an aws_secretsmanager_secret_rotation, or let the service that uses it manage it",
    check: mustHaveCompanion("aws_secretsmanager_secret", {
      by: "aws_secretsmanager_secret_rotation",
      through: "secret_id",
      where: (rotation) => Number(rotation.texts("rotation_rules.automatically_after_days")[0] ?? 999) <= 90,
      without: "it is never rotated, or too rarely",
    }),
  },
  "secret-value": {
    title: "Terraform never learns a secret",
    publicIds: [],
    reason: "Whatever it learns is in its state, for everyone who reads that",
    fix: "Use secret_string_wo with an ephemeral value instead of secret_string",
    check: each(["aws_secretsmanager_secret_version"], (version) =>
      version.has("secret_string") || version.has("secret_binary") ? "its value is in the state" : undefined,
    ),
  },
  "parameter-encrypted": {
    title: "Secret parameters are encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_337"],
    reason: "Reading one then needs the key too",
    fix: "Set key_id",
    check: each(["aws_ssm_parameter"], (parameter) =>
      parameter.is("type", "SecureString") && !parameter.has("key_id")
        ? "it is not encrypted with a key of ours"
        : undefined,
    ),
  },
});
