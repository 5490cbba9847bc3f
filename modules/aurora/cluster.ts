import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { DataResource } from "cdktf";
import type { LayerStack } from "../../lib/stack";
import { postgresPort } from "./network";
import { type DatabaseSettings, safekeeping } from "./settings";

/** What other resources give to the cluster. */
interface Surroundings {
  readonly identifier: string;
  readonly dataKeyArn: string;
  readonly logsKeyArn: string;
  readonly subnetGroupName: string;
  readonly securityGroupId: string;
  readonly parameterGroupName: string;
}

/** Adds the database cluster; its instances are added by zone afterwards. */
export function addCluster(stack: LayerStack, settings: DatabaseSettings, around: Surroundings): RdsCluster {
  return new RdsCluster(stack, "cluster", {
    clusterIdentifier: around.identifier,
    engine: "aurora-postgresql",
    engineMode: "provisioned",
    engineVersion: settings.engineVersion,
    // The file names the version, so a new major version in it is meant; the plan shows it first.
    allowMajorVersionUpgrade: true,
    availabilityZones: [...stack.environment.zones],
    port: postgresPort,
    dbSubnetGroupName: around.subnetGroupName,
    vpcSecurityGroupIds: [around.securityGroupId],
    dbClusterParameterGroupName: around.parameterGroupName,
    serverlessv2ScalingConfiguration: {
      minCapacity: settings.minCapacityAcu,
      maxCapacity: settings.maxCapacityAcu,
    },
    storageEncrypted: true,
    kmsKeyId: around.dataKeyArn,
    ...access(settings, around),
    ...retention(stack, settings, around),
    enabledCloudwatchLogsExports: ["postgresql"],
    ...explanation(settings),
    dependsOn: [addLogGroup(stack, settings, around)],
  });
}

function access({ masterUsername }: DatabaseSettings, { dataKeyArn }: Surroundings) {
  return {
    masterUsername,
    manageMasterUserPassword: true,
    masterUserSecretKmsKeyId: dataKeyArn,
    iamDatabaseAuthenticationEnabled: true,
  };
}

function retention(stack: LayerStack, settings: DatabaseSettings, around: Surroundings) {
  const { backupRetentionDays, deletionProtection, finalSnapshot } = safekeeping(settings);
  return {
    backupRetentionPeriod: backupRetentionDays,
    preferredBackupWindow: settings.backupWindow,
    preferredMaintenanceWindow: settings.maintenanceWindow,
    copyTagsToSnapshot: true,
    deletionProtection: deletionProtection.enabled && stack.deletionProtection,
    skipFinalSnapshot: !finalSnapshot,
    ...(finalSnapshot ? { finalSnapshotIdentifier: finalSnapshotName(stack, around) } : {}),
  };
}

/** Shows in the console why the database may be deleted. */
function explanation(settings: DatabaseSettings) {
  const { deletionProtection } = safekeeping(settings);
  return deletionProtection.enabled ? {} : { tags: { "deletion-protection-off": deletionProtection.reason } };
}

/**
 * A name of its own for the last snapshot of each incarnation of the database: AWS refuses a second snapshot of
 * the same name, and the snapshot of an earlier incarnation outlives it.
 */
function finalSnapshotName(stack: LayerStack, { identifier, dataKeyArn }: Surroundings): string {
  // Terraform draws the ID once and keeps it in the state; what forces a new cluster also draws a new ID.
  const incarnation = new DataResource(stack, "incarnation", { triggersReplace: [identifier, dataKeyArn] });
  return `${identifier}-final-${incarnation.id}`;
}

/** RDS would make the log group itself, unencrypted and kept forever. */
function addLogGroup(stack: LayerStack, settings: DatabaseSettings, around: Surroundings) {
  return new CloudwatchLogGroup(stack, "postgresql-log", {
    name: `/aws/rds/cluster/${around.identifier}/postgresql`,
    kmsKeyId: around.logsKeyArn,
    retentionInDays: settings.logRetentionDays,
  });
}
