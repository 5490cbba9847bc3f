import { each } from "../checks";
import { granted } from "../permissions";
import { rules } from "../rule";
import { policiesIn } from "../statements";

/** Rules about backups. */
export const backupRules = rules({
  "vault-encrypted": {
    title: "Backups are encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_166", "Backup.1"],
    reason: "A backup is all the data there is",
    fix: "Set kms_key_arn",
    check: each(["aws_backup_vault"], (vault) =>
      vault.has("kms_key_arn") ? undefined : "it is not encrypted with a key of ours",
    ),
  },
  "vault-policy": {
    title: "Backups cannot be deleted early",
    publicIds: [],
    reason: "Extortionists delete backups first",
    fix: "Deny backup:DeleteRecoveryPoint in an aws_backup_vault_policy",
    check: each(["aws_backup_vault"], (vault, synthesised) => {
      const policies = synthesised.referring(vault, "aws_backup_vault_policy", "backup_vault_name");
      const denied = policiesIn(synthesised, "resource")
        .filter(({ resource }) => policies.includes(resource))
        .flatMap(({ statements = [] }) => statements.filter(({ allows }) => !allows))
        .some((statement) => granted(statement, ["backup:DeleteRecoveryPoint"]).length > 0);
      return denied ? undefined : "its backups can be deleted early";
    }),
  },
  "vault-lock": {
    title: "Vaults are locked so that an administrator can still unlock them",
    publicIds: [],
    reason:
      "A lock in compliance mode can never be lifted, not even by AWS, and what it holds is paid for until it expires",
    fix: 'Set layers.backup.lock.mode to "governance", or record an exception',
    check: each(["aws_backup_vault"], (vault, synthesised) => {
      const locks = synthesised.referring(vault, "aws_backup_vault_lock_configuration", "backup_vault_name");
      if (locks.length === 0) return "it is not locked";
      return locks.some((lock) => lock.has("changeable_for_days"))
        ? "its lock can never be lifted"
        : undefined;
    }),
  },
});
