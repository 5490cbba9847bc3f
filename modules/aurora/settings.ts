import { z } from "zod";
import { logRetentionDays } from "../../lib/aws-facts/log-retention";
import { tagValue } from "../../lib/layer/tags";
import { reservedUsers } from "./reserved-users";

const time = "([01][0-9]|2[0-3]):[0-5][0-9]";
const weekday = "(mon|tue|wed|thu|fri|sat|sun)";
const acu = z.number().multipleOf(0.5, "must be a multiple of 0.5").max(256);

const DeletionProtection = z.discriminatedUnion("enabled", [
  z.strictObject({ enabled: z.literal(true).describe("The cluster cannot be deleted") }),
  z.strictObject({
    enabled: z
      .literal(false)
      .describe("The cluster can be deleted by any principal with permission to do so"),
    reason: tagValue.describe("Why deletion protection is disabled; stored as a tag on the cluster"),
  }),
]);

/** Settings of the aurora layer in an environment file. */
export const Settings = z.strictObject({
  engineVersion: z
    .string()
    .regex(
      /^\d+\.\d+$/,
      'must be a PostgreSQL version with its minor version in quotes: "16.8" for a new environment, and for an existing one ' +
        "the version that runs, which this prints: aws rds describe-db-clusters --db-cluster-identifier " +
        "<name>-aurora-postgresql --query 'DBClusters[0].EngineVersion'",
    )
    // A long-term support release: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Updates.LTS.html
    .default("16.8")
    .describe(
      "Aurora PostgreSQL version; AWS does not upgrade it, and another version is installed as soon as it is applied",
    ),
  instances: z
    .int()
    .min(1)
    // A writer and 15 replicas: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Replication.html
    .max(16)
    .default(1)
    .describe(
      "Number of database instances, distributed over the zones; with one instance, a zone failure stops the database",
    ),
  minCapacityAcu: acu
    .min(0)
    .default(0.5)
    .describe("Minimum capacity of each instance in Aurora capacity units (about 0.12 USD an hour each)"),
  maxCapacityAcu: acu
    .min(1)
    .default(2)
    .describe("Maximum capacity of each instance in Aurora capacity units (about 0.12 USD an hour each)"),
  masterUsername: z
    .string()
    // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
    .regex(
      /^[a-z][a-z0-9]{0,15}$/,
      "must be at most 16 lower-case letters and digits, beginning with a letter",
    )
    // https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-24
    .refine((name) => !["postgres", "admin"].includes(name), "must not be a common administrator name")
    .refine((name) => !reservedUsers.has(name), "must not be a word that Aurora reserves")
    .default("orchestrator")
    .describe("Name of the master user; RDS creates, stores and rotates the password in Secrets Manager"),
  developmentMode: z
    .boolean()
    .default(false)
    .describe(
      "For a database whose data may be lost: disables deletionProtection and finalSnapshot, and limits backupRetentionDays to 7",
    ),
  passwordVersion: z
    .int()
    .min(1)
    .default(1)
    .describe(
      "Increase it to generate new passwords of the applications' users in Secrets Manager; the layer argocd, or `provision databases`, sets them in the database afterwards",
    ),
  backupRetentionDays: z
    .int()
    .min(1)
    .max(35)
    .default(30)
    .describe(
      "Retention of automated backups in days, within which the database can be restored to any point in time",
    ),
  backupWindow: z
    .string()
    .regex(new RegExp(`^${time}-${time}$`), 'must be a time range, e.g. "02:00-03:00"')
    .default("02:00-03:00")
    .describe("Daily backup window, UTC"),
  maintenanceWindow: z
    .string()
    .regex(
      new RegExp(`^${weekday}:${time}-${weekday}:${time}$`),
      'must be a weekly range, e.g. "sat:04:00-sat:05:00"',
    )
    .default("sat:04:00-sat:05:00")
    .describe("Weekly maintenance window of AWS, UTC; changes of this file do not wait for it"),
  deletionProtection: DeletionProtection.default({ enabled: true }).describe(
    "Deletion protection; disabling it requires a reason",
  ),
  finalSnapshot: z
    .boolean()
    .default(true)
    .describe(
      "Create a snapshot when the cluster is destroyed (about 0.02 USD per GB and month until you delete it)",
    ),
  slowStatementMilliseconds: z
    .int()
    .min(1)
    .max(2147483647)
    .default(1000)
    .describe(
      "Minimum duration of logged statements in milliseconds (PostgreSQL's log_min_duration_statement)",
    ),
  logRetentionDays: logRetentionDays
    .default(365)
    .describe("Retention of PostgreSQL logs in CloudWatch in days"),
});

/** Validated settings of the aurora layer. */
export type Settings = z.output<typeof Settings>;

/** The major version of the engine, e.g. `16`. */
export function majorVersion({ engineVersion }: Settings): string {
  return engineVersion.replace(/\..*/, "");
}

/** Deletion protection, final snapshot and backup retention, with development mode applied. */
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
