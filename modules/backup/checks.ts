import type { Environment } from "../../lib/layer/environment-schema";
import { unknownRegion } from "../../lib/environment/place-rules";
import type { Problem } from "../../lib/layer/layer";
import { partitionOf } from "../../lib/layer/region-partition";
import { problemsOf } from "../../lib/layer/waiting-rules";
import { lastYear } from "./schedule";
import type { Settings } from "./settings";

const at = (...path: string[]) => ["layers", "backup", ...path];

interface Given {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly now: Date;
}

/** Reports schedules that are over, and invalid combinations of retention, lock, windows and copy region. */
export function backupProblems({ environment, settings, now }: Given): readonly Problem[] {
  return problemsOf(
    () => overProblems(["daily", "schedule"], settings.daily.schedule, now),
    () => overProblems(["monthly", "schedule"], settings.monthly.schedule, now),
    () =>
      settings.restoreTesting.enabled
        ? overProblems(["restoreTesting", "schedule"], settings.restoreTesting.schedule, now)
        : [],
    () => retentionProblems(settings),
    () => windowProblems(settings),
    () => copyProblems(environment, settings),
  );
}

function overProblems(path: readonly string[], schedule: string, now: Date): Problem[] {
  const year = lastYear(schedule);
  if (year >= now.getUTCFullYear()) return [];
  return [
    {
      path: at(...path),
      message: `"${schedule}" ran for the last time in ${year}`,
      hint: "Write * as the year, or a later one",
    },
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
        hint: "Decrease minRetentionDays or increase maxRetentionDays",
      },
    ];
  }
  return Object.entries({ daily, monthly }).flatMap(([name, rule]) => {
    if (rule.retentionDays >= least && rule.retentionDays <= most) return [];
    return [
      {
        path: at(name, "retentionDays"),
        message: `is ${rule.retentionDays} days, but the vault's lock allows ${least} to ${most}, so AWS would reject every backup`,
        hint: "Change it, or change layers.backup.lock",
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
      hint: `Increase it to ${start + 60} or more`,
    },
  ];
}

function copyProblems(
  { region, partition, skipRegionValidation }: Environment,
  { copy }: Settings,
): readonly Problem[] {
  if (copy.enabled && partition === "aws-cn") return [notInChina];
  if (copy.region === undefined) return !copy.enabled && copy.keepCopies ? [keptNowhere] : [];
  const unknown = skipRegionValidation ? [] : unknownRegion(copy.region, at("copy", "region"));
  if (unknown.length > 0) return unknown;
  if (copy.region === region) {
    return [
      {
        path: at("copy", "region"),
        message: `is the environment's own region, "${region}"`,
        hint: "Specify another region",
      },
    ];
  }
  if (partitionOf(copy.region) === partition) return [];
  return [
    {
      path: at("copy", "region"),
      message: `is "${copy.region}", which is not in the partition "${partition}"`,
      hint: `Specify a region of "${partition}"; backups cannot be copied between partitions`,
    },
  ];
}

// https://docs.amazonaws.cn/en_us/AmazonRDS/latest/AuroraUserGuide/aurora-copy-snapshot.html
const notInChina: Problem = {
  path: at("copy", "enabled"),
  message: "is true, but Aurora snapshots cannot be copied to or from a region in China",
  hint: "Set it to false",
};

const keptNowhere: Problem = {
  path: at("copy", "keepCopies"),
  message: "is true, but the region of the copies is not specified",
  hint: "Set layers.backup.copy.region to the region of the vault to keep",
};
