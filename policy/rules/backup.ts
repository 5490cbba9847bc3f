import { each } from "../checks";
import { hasCustomerKey } from "../customer-key";
import { granted } from "../permissions";
import { rules } from "../rule";
import { policiesIn } from "../statements";

/** Rules about backups. */
export const backupRules = rules({
  "vault-encrypted": {
    title: "Backups are encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_166", "Backup.1"],
    reason: "A backup contains all data",
    fix: "Set kms_key_arn",
    check: each(["aws_backup_vault"], (vault) =>
      hasCustomerKey(vault.given, "kms_key_arn")
        ? undefined
        : "it is not encrypted with a customer-managed key",
    ),
  },
  "vault-policy": {
    title: "Recovery points cannot be deleted before they expire",
    publicIds: [],
    reason: "Ransomware deletes backups first",
    fix: "Deny backup:DeleteRecoveryPoint in an aws_backup_vault_policy",
    check: each(["aws_backup_vault"], (vault, synthesised) => {
      const policies = synthesised.referring(vault, "aws_backup_vault_policy", "backup_vault_name");
      const denied = policiesIn(synthesised, "resource")
        .filter(({ resource }) => policies.includes(resource))
        .flatMap(({ statements = [] }) => statements.filter(({ allows }) => !allows))
        .some((statement) => granted(statement, ["backup:DeleteRecoveryPoint"]).length > 0);
      return denied ? undefined : "its recovery points can be deleted before they expire";
    }),
  },
  "vault-lock": {
    title: "Vaults are locked in governance mode",
    publicIds: [],
    reason:
      "A lock in compliance mode can never be removed, not even by AWS, and its recovery points are paid for until they expire",
    fix: 'Set layers.backup.lock.mode to "governance", or record an exception',
    check: each(["aws_backup_vault"], (vault, synthesised) => {
      const locks = synthesised.referring(vault, "aws_backup_vault_lock_configuration", "backup_vault_name");
      if (locks.length === 0) return "it is not locked";
      return locks.some((lock) => lock.has("changeable_for_days"))
        ? "its lock can never be removed"
        : undefined;
    }),
  },
});
