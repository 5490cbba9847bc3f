import { each, mustHaveCompanion } from "../checks";
import { hasCustomerKey } from "../customer-key";
import { rules } from "../rule";

const clusterSecrets = ["kubernetes_secret", "kubernetes_secret_v1"];

/** Rules about secrets and parameters. */
export const secretsRules = rules({
  "secret-encrypted": {
    title: "Secrets are encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_149", "AWS-0098"],
    reason: "Reading one then also requires access to the key",
    fix: "Set kms_key_id",
    check: each(["aws_secretsmanager_secret"], (secret) =>
      hasCustomerKey(secret.given, "kms_key_id")
        ? undefined
        : "it is not encrypted with a customer-managed key",
    ),
  },
  "secret-rotation": {
    title: "Secrets are rotated, at least every 90 days",
    publicIds: ["CKV2_AWS_57", "SecretsManager.1", "SecretsManager.4"],
    reason: "A disclosed secret is valid until it is rotated",
    fix: "Add an aws_secretsmanager_secret_rotation, or let the service that uses it manage it",
    check: mustHaveCompanion("aws_secretsmanager_secret", {
      by: "aws_secretsmanager_secret_rotation",
      through: "secret_id",
      where: (rotation) => Number(rotation.texts("rotation_rules.automatically_after_days")[0] ?? 999) <= 90,
      without: "it is not rotated at least every 90 days",
    }),
  },
  "secret-value": {
    title: "No secret is in Terraform's state",
    publicIds: [],
    reason: "Everyone who can read the state can read the secrets in it",
    fix: "Use secret_string_wo with an ephemeral value instead of secret_string",
    check: each(["aws_secretsmanager_secret_version"], (version) =>
      version.has("secret_string") || version.has("secret_binary") ? "its value is in the state" : undefined,
    ),
  },
  "cluster-secret-value": {
    title: "No Secret of the cluster has its values in Terraform's state",
    publicIds: [],
    reason: "Everyone who can read the state can read the secrets in it",
    fix: "Use data_wo with an ephemeral value instead of data",
    check: each(clusterSecrets, (secret) =>
      secret.has("data") || secret.has("binary_data") ? "its values are in the state" : undefined,
    ),
  },
  "write-only-revision": {
    title: "Write-only values of Secrets of the cluster have a revision",
    publicIds: [],
    reason:
      "Without one, the provider creates an empty Secret and reports success, and sends no later value either",
    fix: "Set data_wo_revision to a number of at least 1 that changes with the values",
    check: each(clusterSecrets, (secret) =>
      ["data_wo", "binary_data_wo"].some(
        (values) => values in secret.given && !secret.has(`${values}_revision`),
      )
        ? "it has write-only values without a revision"
        : undefined,
    ),
  },
  "parameter-encrypted": {
    title: "Secret parameters are encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_337"],
    reason: "Reading one then also requires access to the key",
    fix: "Set key_id",
    check: each(["aws_ssm_parameter"], (parameter) =>
      parameter.is("type", "SecureString") && !hasCustomerKey(parameter.given, "key_id")
        ? "it is not encrypted with a customer-managed key"
        : undefined,
    ),
  },
});
