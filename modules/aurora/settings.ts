import { z } from "zod";
import { logRetentionDays } from "../../lib/aws-facts/log-retention";

const time = "([01][0-9]|2[0-3]):[0-5][0-9]";
const weekday = "(mon|tue|wed|thu|fri|sat|sun)";
const acu = z.number().multipleOf(0.5, "must be a multiple of 0.5").max(256);

/** RDS takes fewer characters in tags than other services. */
const tagValue = z
  .string()
  .min(1)
  .max(256)
  .regex(
    /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u,
    "must have letters, digits, spaces and _ . : / = + - @ only, because it becomes a tag",
  );

const DeletionProtection = z.discriminatedUnion("enabled", [
  z.strictObject({ enabled: z.literal(true).describe("Aurora refuses to delete the cluster") }),
  z.strictObject({
    enabled: z.literal(false).describe("The cluster can be deleted by anyone who may call the API"),
    reason: tagValue.describe("Why this database may be deleted; kept as a tag on the cluster"),
  }),
]);

/** What an environment file may say about the aurora layer. */
export const Settings = z.strictObject({
  engineVersion: z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'must be a PostgreSQL version in quotes, e.g. "16" or "16.8"')
    .default("16")
    .describe(
      "Aurora PostgreSQL version: a major version lets AWS choose and upgrade the minor one, major.minor pins it",
    ),
  instances: z
    .int()
    .min(1)
    .max(15)
    .default(1)
    .describe("Database instances, spread over the zones; with one, the loss of its zone stops the database"),
  minCapacityAcu: acu
    .min(0)
    .default(0.5)
    .describe("Capacity every instance always has, in Aurora capacity units (about 0.12 USD an hour each)"),
  maxCapacityAcu: acu
    .min(1)
    .default(2)
    .describe("Capacity every instance may grow to, in Aurora capacity units (about 0.12 USD an hour each)"),
  masterUsername: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,62}$/, "must be at most 63 lower-case letters, digits and underscores")
    .refine(
      (name) => !["postgres", "admin", "rdsadmin"].includes(name),
      "must not be a name that attackers try first",
    )
    .default("orchestrator")
    .describe("Name of the master user; RDS makes, keeps and rotates the password in Secrets Manager"),
  developmentMode: z
    .boolean()
    .default(false)
    .describe(
      "A database that may be lost: wins over deletionProtection and finalSnapshot with neither, and over backupRetentionDays with a week at most",
    ),
  passwordVersion: z
    .int()
    .min(1)
    .default(1)
    .describe(
      "Raise it to draw new passwords of the applications' users into Secrets Manager; the database learns them when its users are made again",
    ),
  backupRetentionDays: z
    .int()
    .min(1)
    .max(35)
    .default(30)
    .describe("Days to which the database can be restored"),
  backupWindow: z
    .string()
    .regex(new RegExp(`^${time}-${time}$`), 'must be a time range, e.g. "02:00-03:00"')
    .default("02:00-03:00")
    .describe("Daily backup, UTC"),
  maintenanceWindow: z
    .string()
    .regex(
      new RegExp(`^${weekday}:${time}-${weekday}:${time}$`),
      'must be a weekly range, e.g. "sat:04:00-sat:05:00"',
    )
    .default("sat:04:00-sat:05:00")
    .describe("Weekly maintenance, UTC: upgrades and changes that interrupt happen then"),
  deletionProtection: DeletionProtection.default({ enabled: true }).describe(
    "Protection against deletion; switching it off needs a reason",
  ),
  finalSnapshot: z
    .boolean()
    .default(true)
    .describe(
      "Take a snapshot when the cluster is destroyed (about 0.02 USD a GB and month until you delete it)",
    ),
  slowStatementMilliseconds: z
    .int()
    .min(1)
    .max(2147483647)
    .default(1000)
    .describe("Statements that take longer are logged (PostgreSQL's log_min_duration_statement)"),
  logRetentionDays: logRetentionDays
    .default(365)
    .describe("Days that PostgreSQL logs are kept in CloudWatch"),
});

/** Checked settings of the aurora layer. */
export type Settings = z.output<typeof Settings>;

/** The part of the engine version that decides compatibility, e.g. `16`. */
export function majorVersion({ engineVersion }: Settings): string {
  return engineVersion.replace(/\..*/, "");
}

/** How long a database and its backups outlast a mistake. */
export function safekeeping(
  settings: Settings,
): Pick<Settings, "deletionProtection" | "finalSnapshot" | "backupRetentionDays"> {
  if (!settings.developmentMode) return settings;
  return {
    deletionProtection: { enabled: false, reason: "development mode" },
    finalSnapshot: false,
    backupRetentionDays: Math.min(7, settings.backupRetentionDays),
  };
}
