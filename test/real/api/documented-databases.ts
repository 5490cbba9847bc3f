import { type DocumentedRule, text } from "./documented-rule";

const rds = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference";
const cluster = `${rds}/API_CreateDBCluster.html`;
const instance = `${rds}/API_CreateDBInstance.html`;
const ofClusters = ["rds.CreateDBCluster", "rds.ModifyDBCluster"];
const ofInstances = ["rds.CreateDBInstance", "rds.ModifyDBInstance"];

const identifier = {
  rule: "1 to 63 letters, digits and hyphens; a letter first, no two hyphens together, none at the end",
  holds: text((value) => /^[A-Za-z](?:[A-Za-z0-9]|-(?!-|$)){0,62}$/.test(value)),
};
const window = {
  rule: "ddd:hh24:mi-ddd:hh24:mi, or hh24:mi-hh24:mi",
  holds: text((value) => /^([a-z]{3}:)?\d\d:\d\d-([a-z]{3}:)?\d\d:\d\d$/i.test(value)),
};

/** Rules of RDS, whose model has nearly none. */
export const databaseRules: readonly DocumentedRule[] = [
  { operations: ["rds.CreateDBCluster"], member: "DBClusterIdentifier", source: cluster, ...identifier },
  { operations: ["rds.CreateDBInstance"], member: "DBInstanceIdentifier", source: instance, ...identifier },
  { operations: ofClusters, member: "PreferredMaintenanceWindow", source: cluster, ...window },
  { operations: ofClusters, member: "PreferredBackupWindow", source: cluster, ...window },
  { operations: ofInstances, member: "PreferredMaintenanceWindow", source: instance, ...window },
  {
    operations: ["rds.CreateDBCluster"],
    member: "MasterUsername",
    source: cluster,
    rule: "1 to 16 letters and digits, a letter first",
    holds: text((value) => /^[A-Za-z][A-Za-z0-9]{0,15}$/.test(value)),
  },
  {
    operations: ["rds.CreateDBCluster"],
    member: "DatabaseName",
    source: instance,
    rule: "at most 63 letters, digits and underscores, no digit first",
    holds: text((value) => /^[A-Za-z_]\w{0,62}$/.test(value)),
  },
  {
    operations: ofClusters,
    member: "BackupRetentionPeriod",
    source: cluster,
    rule: "1 to 35",
    holds: (value) => Number(value) >= 1 && Number(value) <= 35,
  },
  {
    operations: ofClusters,
    member: "ServerlessV2ScalingConfiguration",
    source: `${rds}/API_ServerlessV2ScalingConfiguration.html`,
    rule: "0 to 256 in steps of a half, the maximum at least 1 and not below the minimum",
    holds: isServerlessCapacity,
  },
  {
    operations: ofInstances,
    member: "PerformanceInsightsRetentionPeriod",
    source: instance,
    rule: "7, a multiple of 31 up to 713, or 731",
    holds: (value) => [7, 731].includes(Number(value)) || (Number(value) % 31 === 0 && Number(value) <= 713),
  },
  {
    operations: ofInstances,
    member: "MonitoringInterval",
    source: instance,
    rule: "0, 1, 5, 10, 15, 30 or 60",
    holds: (value) => [0, 1, 5, 10, 15, 30, 60].includes(Number(value)),
  },
];

function isServerlessCapacity(value: unknown): boolean {
  // Decoded by the model.
  const { MinCapacity: min = 0, MaxCapacity: max = 0 } = value as {
    readonly MinCapacity?: number;
    readonly MaxCapacity?: number;
  };
  const inHalves = Number.isInteger(min * 2) && Number.isInteger(max * 2);
  return inHalves && min >= 0 && max >= 1 && min <= max && max <= 256;
}
