import { each } from "../../checks";
import type { Rule } from "../../rule";

export const vaultEncrypted: Rule = {
  id: "vault-encrypted",
  title: "Backups are encrypted with a customer-managed key",
  publicIds: ["CKV_AWS_166", "Backup.1"],
  reason: "A backup is all the data there is",
  fix: "Set kms_key_arn",
  check: each(["aws_backup_vault"], (vault) =>
    vault.has("kms_key_arn") ? undefined : "it is not encrypted with a key of ours",
  ),
};
