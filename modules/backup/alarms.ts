import { type Alarm, addAlarm } from "../../lib/constructs/alarm";
import type { LayerStack } from "../../lib/layer/stack";

const day = 86_400;
/** Inputs of the alarms. */
export interface Watched {
  readonly vaultName: string;
  readonly copied: boolean;
  readonly topicArn: string;
}

const resourceTypes = { Aurora: "the database", EFS: "the file system" } as const;

/** Adds alarms on failed backups, copies and restores, and on missing backups. */
export function addAlarms(stack: LayerStack, { vaultName, copied, topicArn }: Watched): void {
  const count = (name: string, dimensions: Readonly<Record<string, string>> = {}): Alarm["metric"] => ({
    namespace: "AWS/Backup",
    name,
    dimensions: { BackupVaultName: vaultName, ...dimensions },
    statistic: "Sum",
  });
  const failures: Readonly<Record<string, readonly [metric: string, what: string]>> = {
    "backup-failed": ["NumberOfBackupJobsFailed", "A backup failed"],
    "backup-expired": ["NumberOfBackupJobsExpired", "A backup did not start within its start window"],
    ...(copied
      ? { "copy-failed": ["NumberOfCopyJobsFailed", "Copying a backup to another region failed"] }
      : {}),
    "restore-failed": [
      "NumberOfRestoreJobsFailed",
      "A restore failed, possibly that of the monthly restore test",
    ],
  } as const;
  for (const [id, [metric, what]] of Object.entries(failures)) {
    const description = `${what}; see the job of vault ${vaultName} in AWS Backup for the reason`;
    addAlarm(stack, id, { description, metric: count(metric), threshold: { above: 0 }, topicArn });
  }
  for (const [ResourceType, what] of Object.entries(resourceTypes)) {
    addAlarm(stack, `${ResourceType.toLowerCase()}-backup-missing`, {
      description: `No backup of ${what} was completed within two days; check that AWS Backup is opted in to ${ResourceType} in this region`,
      metric: count("NumberOfBackupJobsCompleted", { ResourceType }),
      threshold: { below: 1 },
      periodSeconds: day,
      // Two, because the duration of backups varies.
      periods: 2,
      missingDataIsBad: true,
      topicArn,
    });
  }
}
