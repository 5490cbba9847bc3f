import { allPages, awsCall, sent } from "../../lib/layer/aws-call";
import type { Environment } from "../../lib/layer/environment-schema";
import { physicalName } from "../../lib/layer/names";
import { type Preflight, preflight } from "../../lib/layer/preflight";
import type { Settings } from "./settings";

/** Checks that the vault for copies is empty before it is deleted, because its lock and its policy are deleted first. */
export function copiesPreflight({ name }: Environment, { copy }: Settings): readonly Preflight[] {
  if (copy.enabled || copy.keepCopies || copy.region === undefined) return [];
  const { region } = copy;
  const vault = physicalName(name, "backupVault", "backup-copies");
  return [
    preflight({
      about: "copies of backups",
      call: { ...allPages(awsCall("backup", "ListBackupVaults", {}), "BackupVaultList"), region },
      actions: ["backup:ListBackupVaults"],
      verdict: ({ BackupVaultList }) => {
        const found = sent(BackupVaultList, "BackupVaultList").find(
          ({ BackupVaultName }) => BackupVaultName === vault,
        );
        const copies = found?.NumberOfRecoveryPoints ?? 0;
        if (copies === 0) return undefined;
        return {
          reason: `the vault "${vault}" in "${region}" contains ${copies} copies of backups, and AWS deletes only empty vaults`,
          cure: "Set layers.backup.copy.keepCopies to true until they have expired",
        };
      },
    }),
  ];
}
