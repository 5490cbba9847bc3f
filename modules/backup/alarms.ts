import { type Alarm, addAlarm } from "../../lib/constructs/alarm";
import type { LayerStack } from "../../lib/layer/stack";

const day = 86_400;
/** What alarms need to know of the backups. */
export interface Watched {
  readonly vaultName: string;
  readonly copied: boolean;
  readonly topicArn: string;
}

const resourceTypes = { Aurora: "the database", EFS: "the file system" } as const;

/** Adds alarms on backups, copies and restores that failed, and on backups that were never tried. */
export function addAlarms(stack: LayerStack, { vaultName, copied, topicArn }: Watched): void {
  const count = (name: string, dimensions: Readonly<Record<string, string>> = {}): Alarm["metric"] => ({
    namespace: "AWS/Backup",
    name,
    dimensions: { BackupVaultName: vaultName, ...dimensions },
    statistic: "Sum",
  });
  const failures: Readonly<Record<string, readonly [metric: string, what: string]>> = {
    "backup-failed": ["NumberOfBackupJobsFailed", "A backup failed"],
    "backup-expired": ["NumberOfBackupJobsExpired", "A backup did not start in its window"],
    ...(copied
      ? { "copy-failed": ["NumberOfCopyJobsFailed", "Copying a backup to another region failed"] }
      : {}),
    "restore-failed": [
      "NumberOfRestoreJobsFailed",
      "Restoring a backup failed, perhaps that of the monthly test",
    ],
  } as const;
  for (const [id, [metric, what]] of Object.entries(failures)) {
    const description = `${what}; AWS Backup lists the job in vault ${vaultName} with the reason`;
    addAlarm(stack, id, { description, metric: count(metric), threshold: { above: 0 }, topicArn });
  }
  for (const [ResourceType, what] of Object.entries(resourceTypes)) {
    addAlarm(stack, `${ResourceType.toLowerCase()}-backup-missing`, {
      description: `No backup of ${what} was completed for two days, or none yet; check that AWS Backup is opted in to ${ResourceType} in this region`,
      metric: count("NumberOfBackupJobsCompleted", { ResourceType }),
      threshold: { below: 1 },
      periodSeconds: day,
      // Two, because a backup may take longer today than it did yesterday.
      periods: 2,
      missingDataIsBad: true,
      topicArn,
    });
  }
}
