import { each } from "../../checks";
import type { Rule } from "../../rule";

export const vaultLock: Rule = {
  id: "vault-lock",
  title: "Vaults are locked so that an administrator can still unlock them",
  publicIds: [],
  reason:
    "A lock in compliance mode can never be lifted, not even by AWS, and what it holds is paid for until it expires",
  fix: 'Set layers.backup.lock.mode to "governance", or record an exception',
  check: each(["aws_backup_vault"], (vault, document) => {
    const locks = document.referring(vault, "aws_backup_vault_lock_configuration", "backup_vault_name");
    if (locks.length === 0) return "it is not locked";
    return locks.some((lock) => lock.has("changeable_for_days")) ? "its lock can never be lifted" : undefined;
  }),
};
