import type { Environment } from "../../lib/layer/environment-schema";
import type { Problem } from "../../lib/layer/layer";
import type { Settings } from "./settings";

const at = (...path: string[]) => ["layers", "backup", ...path];

/** What no single setting can state: retention and lock agree, and copies go somewhere else. */
export function backupProblems({
  environment,
  settings,
}: {
  readonly environment: Environment;
  readonly settings: Settings;
}): Problem[] {
  return [
    ...retentionProblems(settings),
    ...windowProblems(settings),
    ...copyProblems(environment, settings),
  ];
}

function retentionProblems({ lock, daily, monthly }: Settings): Problem[] {
  if (lock.mode === "none") return [];
  const { minRetentionDays: least, maxRetentionDays: most } = lock;
  if (least > most) {
    return [
      {
        path: at("lock", "minRetentionDays"),
        message: `is ${least} days, more than maxRetentionDays, ${most}`,
        hint: "Lower the one or raise the other",
      },
    ];
  }
  return Object.entries({ daily, monthly }).flatMap(([name, rule]) => {
    if (rule.retentionDays >= least && rule.retentionDays <= most) return [];
    return [
      {
        path: at(name, "retentionDays"),
        message: `is ${rule.retentionDays} days, but the vault's lock allows ${least} to ${most}, so AWS would refuse every backup`,
        hint: "Change it, or layers.backup.lock",
      },
    ];
  });
}

function windowProblems({
  startWindowMinutes: start,
  completionWindowMinutes: complete,
}: Settings): Problem[] {
  // https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html
  if (complete >= start + 60) return [];
  return [
    {
      path: at("completionWindowMinutes"),
      message: `is ${complete} minutes, less than an hour more than startWindowMinutes, ${start}`,
      hint: `Raise it to ${start + 60} or more`,
    },
  ];
}

function copyProblems({ region, partition }: Environment, { copy }: Settings): Problem[] {
  if (copy === undefined) return [];
  if (copy.region === region) {
    return [
      {
        path: at("copy", "region"),
        message: `is the environment's own region, "${region}"`,
        hint: "Name another one",
      },
    ];
  }
  if (partitionOf(copy.region) === partition) return [];
  return [
    {
      path: at("copy", "region"),
      message: `is "${copy.region}", which is not in the partition "${partition}"`,
      hint: `Name a region of "${partition}"; backups are not copied between partitions`,
    },
  ];
}

function partitionOf(region: string): Environment["partition"] {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
