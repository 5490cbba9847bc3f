import { each } from "../../checks";
import type { Rule } from "../../rule";

export const secretEncrypted: Rule = {
  id: "secret-encrypted",
  title: "Secrets are encrypted with a customer-managed key",
  publicIds: ["CKV_AWS_149", "AWS-0098"],
  reason: "Reading one then needs the key too",
  fix: "Set kms_key_id",
  check: each(["aws_secretsmanager_secret"], (secret) =>
    secret.has("kms_key_id") ? undefined : "it is not encrypted with a key of ours",
  ),
};
