import { z } from "zod";
import { plainText } from "../../lib/layer/environment-schema";

const Rule = z.strictObject({
  schedule: z
    .string()
    .regex(/^cron\([0-9A-Z*?,/ #-]+\)$/, 'must be a cron expression of AWS, e.g. "cron(30 5 * * ? *)"')
    .describe("When backups start, UTC; keep clear of the database's own backup and maintenance windows"),
  retentionDays: z
    .int()
    .min(1)
    .max(36500)
    .describe("Days that a backup is kept (about 0.02 USD a GB and month for Aurora, 0.05 for EFS)"),
});

const retention = {
  minRetentionDays: z
    .int()
    .min(1)
    .default(7)
    .describe("Days that every backup is kept at the least; nobody can delete it earlier"),
  maxRetentionDays: z
    .int()
    .min(1)
    .default(400)
    .describe("Days that a backup may be kept at the most, so that no mistake makes it stay for ever"),
};

const Lock = z.discriminatedUnion("mode", [
  z.strictObject({
    mode: z.literal("governance").describe("Whoever may change the vault's lock can lift it"),
    ...retention,
  }),
  z.strictObject({
    mode: z.literal("compliance").describe("Nobody can lift the lock, not even AWS"),
    ...retention,
    changeableForDays: z.int().min(3).describe("Days after which the lock can no longer be lifted"),
    acknowledgement: z
      .literal("this lock can never be lifted", 'must be "this lock can never be lifted"')
      .describe("That you know what it means: neither backups nor vault can be deleted before their time"),
  }),
  z.strictObject({
    mode: z.literal("none").describe("Backups can be deleted by whoever may change the vault's policy"),
    reason: plainText.describe("Why these backups need no lock"),
  }),
]);

const Copy = z.strictObject({
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be an AWS region, e.g. "us-east-2"')
    .describe("Region that every backup is copied to, and kept in for as long"),
});

const RestoreTesting = z.discriminatedUnion("enabled", [
  z.strictObject({
    enabled: z.literal(true).describe("Restore the newest backups regularly, and delete what was restored"),
    schedule: Rule.shape.schedule
      .default("cron(0 9 ? * SUN#1 *)")
      .describe("When restoring starts, UTC; each run costs about as much as a day of the restored storage"),
    validationHours: z
      .int()
      .min(1)
      .max(168)
      .default(1)
      .describe("Hours that what was restored stays, so that somebody can look at it"),
  }),
  z.strictObject({
    enabled: z.literal(false).describe("Find out in an emergency whether backups can be restored"),
    reason: plainText.describe("Why backups are not restored regularly, e.g. how else they are tested"),
  }),
]);

/** What an environment file may say about the backup layer. */
export const Settings = z.strictObject({
  daily: Rule.default({ schedule: "cron(30 5 * * ? *)", retentionDays: 35 }).describe(
    "Backup of every day, beside those from which Aurora restores to any second",
  ),
  monthly: Rule.default({ schedule: "cron(30 6 1 * ? *)", retentionDays: 365 }).describe(
    "Backup of every month",
  ),
  startWindowMinutes: z
    .int()
    .min(60)
    .default(60)
    .describe("Minutes within which a backup must start, or it is given up"),
  completionWindowMinutes: z
    .int()
    .min(120)
    .default(720)
    .describe("Minutes within which a backup must be complete, or it is given up"),
  lock: Lock.default({ mode: "governance", minRetentionDays: 7, maxRetentionDays: 400 }).describe(
    "Lock on how long backups are kept",
  ),
  copy: Copy.optional().describe(
    "Copies in another region, against the loss of this one; unset: none (they cost transfer and storage once more)",
  ),
  restoreTesting: RestoreTesting.default({
    enabled: true,
    schedule: "cron(0 9 ? * SUN#1 *)",
    validationHours: 1,
  }).describe("Proof that backups can be restored"),
});

/** Checked settings of the backup layer. */
export type Settings = z.output<typeof Settings>;
