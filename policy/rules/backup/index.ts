import type { Rule } from "../../rule";
import { vaultEncrypted } from "./vault-encrypted";
import { vaultLock } from "./vault-lock";
import { vaultPolicy } from "./vault-policy";

/** Rules about backups. */
export const backupRules: readonly Rule[] = [vaultEncrypted, vaultPolicy, vaultLock];
