import { z } from "zod";
import { regionName } from "../../lib/layer/region-name";
import { plainText } from "../../lib/layer/environment-schema";
import { schedule } from "./schedule";

/** About 100 years, AWS Backup's maximum: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html */
const mostDays = 36_500;
/** https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html */
const mostMinutes = mostDays * 24 * 60;

const Rule = z.strictObject({
  schedule: schedule.describe(
    "Schedule, UTC: a cron expression of minutes, hours, day of month, month, day of week and year, at most hourly",
  ),
  retentionDays: z
    .int()
    .min(1)
    .max(mostDays)
    .describe("Retention of a backup in days (about 0.02 USD per GB and month for Aurora, 0.05 for EFS)"),
});

const retention = {
  minRetentionDays: z
    .int()
    .min(1)
    .max(mostDays)
    .default(7)
    .describe("Minimum retention in days; backups cannot be deleted earlier"),
  maxRetentionDays: z
    .int()
    .min(1)
    .max(mostDays)
    .default(400)
    .describe("Maximum retention in days, which prevents backups from being kept forever by mistake"),
};

const Lock = z.discriminatedUnion("mode", [
  z.strictObject({
    mode: z.literal("governance").describe("The lock can be removed by principals with permission to do so"),
    ...retention,
  }),
  z.strictObject({
    mode: z.literal("compliance").describe("The lock cannot be removed by anyone, including AWS"),
    ...retention,
    changeableForDays: z
      .int()
      .min(3)
      .max(mostDays)
      .describe("Grace period in days, after which the lock cannot be removed"),
    acknowledgement: z
      .literal("this lock can never be lifted", 'must be "this lock can never be lifted"')
      .describe(
        "Acknowledgement that neither backups nor vault can be deleted before the retention period ends",
      ),
  }),
  z.strictObject({
    mode: z
      .literal("none")
      .describe("Backups can be deleted by principals with permission to change the vault's policy"),
    reason: plainText.describe("Why these backups need no lock"),
  }),
]);

const Copy = z.discriminatedUnion("enabled", [
  z.strictObject({
    enabled: z
      .literal(true)
      .describe(
        "Copy every backup to another region, with the same retention (data transfer and storage are billed in addition, and 1 USD a month for a key)",
      ),
    region: regionName.describe(
      "Region of the copies. To change it, first disable the copies with the old region, and apply",
    ),
  }),
  z.strictObject({
    enabled: z.literal(false).describe("Copy no backups"),
    region: regionName
      .optional()
      .describe(
        "Region of earlier copies, required until an apply has deleted their vault and key; unset: there were none",
      ),
    keepCopies: z
      .boolean()
      .default(false)
      .describe(
        "Keep the vault with earlier copies and their key; set it to false when the last copy has expired, because AWS does not delete a vault that contains backups",
      ),
  }),
]);

const RestoreTesting = z.discriminatedUnion("enabled", [
  z.strictObject({
    enabled: z
      .literal(true)
      .describe("Restore the latest backups regularly, and delete the restored resources"),
    schedule: schedule
      .default("cron(0 9 ? * SUN#1 *)")
      .describe("Schedule, UTC; each run costs about as much as a day of the restored storage"),
    validationHours: z
      .int()
      .min(1)
      .max(168)
      .default(1)
      .describe("Hours that the restored resources are kept for validation"),
  }),
  z.strictObject({
    enabled: z.literal(false).describe("Do not test restores"),
    reason: plainText.describe("Why restores are not tested, e.g. because they are tested otherwise"),
  }),
]);

/** Settings of the backup layer in an environment file. */
export const Settings = z.strictObject({
  daily: Rule.default({ schedule: "cron(30 5 * * ? *)", retentionDays: 35 }).describe(
    "Daily backup, in addition to Aurora's continuous backups",
  ),
  monthly: Rule.default({ schedule: "cron(30 6 1 * ? *)", retentionDays: 365 }).describe("Monthly backup"),
  startWindowMinutes: z
    .int()
    .min(60)
    .max(mostMinutes)
    .default(60)
    .describe("Start window in minutes, after which a backup job expires"),
  completionWindowMinutes: z
    .int()
    .min(120)
    .max(mostMinutes)
    .default(720)
    .describe("Completion window in minutes, after which a backup job is cancelled"),
  lock: Lock.default({ mode: "governance", minRetentionDays: 7, maxRetentionDays: 400 }).describe(
    "Vault lock",
  ),
  copy: Copy.default({ enabled: false, keepCopies: false }).describe(
    "Copies in another region, for protection against a region failure",
  ),
  restoreTesting: RestoreTesting.default({
    enabled: true,
    schedule: "cron(0 9 ? * SUN#1 *)",
    validationHours: 1,
  }).describe("Restore testing"),
});

/** Validated settings of the backup layer. */
export type Settings = z.output<typeof Settings>;
