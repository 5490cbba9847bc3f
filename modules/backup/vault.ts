import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { BackupVaultLockConfiguration } from "@cdktf/provider-aws/lib/backup-vault-lock-configuration";
import { BackupVaultPolicy } from "@cdktf/provider-aws/lib/backup-vault-policy";
import { policyDocument } from "../../lib/constructs/iam-policy";
import type { LayerStack } from "../../lib/layer/stack";
import type { Settings } from "./settings";

/** Inputs of a vault. */
export interface Vault {
  readonly name: string;
  readonly region: string;
  readonly keyArn: string;
  readonly lock: Settings["lock"];
}

/** Adds a vault whose backups cannot be deleted before their retention period ends. */
export function addVault(stack: LayerStack, id: string, given: Vault): BackupVault {
  const provider = stack.awsIn(given.region);
  const vault = new BackupVault(stack, id, {
    provider,
    name: given.name,
    kmsKeyArn: given.keyArn,
    forceDestroy: !stack.deletionProtection,
  });
  new BackupVaultPolicy(stack, `${id}-policy`, {
    provider,
    backupVaultName: vault.name,
    policy: noEarlyDeletion,
  });
  if (given.lock.mode !== "none") {
    new BackupVaultLockConfiguration(stack, `${id}-lock`, {
      provider,
      backupVaultName: vault.name,
      minRetentionDays: given.lock.minRetentionDays,
      maxRetentionDays: given.lock.maxRetentionDays,
      // This argument makes the lock permanent.
      ...(given.lock.mode === "compliance" ? { changeableForDays: given.lock.changeableForDays } : {}),
    });
  }
  return vault;
}

/** Backups expire by lifecycle; deleting one earlier requires removing this policy, which CloudTrail records. */
const noEarlyDeletion = policyDocument([
  {
    Sid: "NoEarlyDeletion",
    Effect: "Deny",
    Principal: "*",
    Action: [
      "backup:DeleteRecoveryPoint",
      "backup:DisassociateRecoveryPoint",
      "backup:UpdateRecoveryPointLifecycle",
    ],
    Resource: "*",
  },
]);
