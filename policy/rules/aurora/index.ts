import type { Rule } from "../../rule";
import { databaseAdministrator } from "./database-administrator";
import { databaseBackupPlan } from "./database-backup-plan";
import { databaseBackupRetention } from "./database-backup-retention";
import { databaseDeletionProtection } from "./database-deletion-protection";
import { databaseEncrypted } from "./database-encrypted";
import { databaseEvents } from "./database-events";
import { databaseIamAuthentication } from "./database-iam-authentication";
import { databaseInsights } from "./database-insights";
import { databaseLogs } from "./database-logs";
import { databaseMonitoring } from "./database-monitoring";
import { databasePassword } from "./database-password";
import { databasePort } from "./database-port";
import { databasePrivate } from "./database-private";
import { databaseQueryLog } from "./database-query-log";
import { databaseSnapshotTags } from "./database-snapshot-tags";
import { databaseTls } from "./database-tls";
import { databaseUpgrades } from "./database-upgrades";
import { databaseZones } from "./database-zones";

/** Rules about the database. */
export const auroraRules: readonly Rule[] = [
  databaseEncrypted,
  databasePassword,
  databaseAdministrator,
  databaseIamAuthentication,
  databaseDeletionProtection,
  databaseBackupRetention,
  databaseSnapshotTags,
  databasePrivate,
  databaseZones,
  databaseLogs,
  databaseQueryLog,
  databaseTls,
  databaseInsights,
  databaseMonitoring,
  databaseUpgrades,
  databaseBackupPlan,
  databaseEvents,
  databasePort,
];
