import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { DataResource } from "cdktf";
import type { LayerStack } from "../../lib/layer/stack";
import { postgresPort } from "./network";
import { type Settings, safekeeping } from "./settings";

/** What other resources give to the cluster. */
interface ClusterInputs {
  readonly identifier: string;
  readonly dataKeyArn: string;
  readonly logsKeyArn: string;
  readonly subnetGroupName: string;
  readonly securityGroupId: string;
  readonly parameterGroupName: string;
}

/** Adds the database cluster; its instances are added by zone afterwards. */
export function addCluster(stack: LayerStack, settings: Settings, inputs: ClusterInputs): RdsCluster {
  return new RdsCluster(stack, "cluster", {
    clusterIdentifier: inputs.identifier,
    engine: "aurora-postgresql",
    engineMode: "provisioned",
    engineVersion: settings.engineVersion,
    // The file names the version, so a new major version in it is meant; the plan shows it first.
    allowMajorVersionUpgrade: true,
    availabilityZones: [...stack.environment.zones],
    port: postgresPort,
    dbSubnetGroupName: inputs.subnetGroupName,
    vpcSecurityGroupIds: [inputs.securityGroupId],
    dbClusterParameterGroupName: inputs.parameterGroupName,
    serverlessv2ScalingConfiguration: {
      minCapacity: settings.minCapacityAcu,
      maxCapacity: settings.maxCapacityAcu,
    },
    storageEncrypted: true,
    kmsKeyId: inputs.dataKeyArn,
    ...access(settings, inputs),
    ...retention(stack, settings, inputs),
    enabledCloudwatchLogsExports: ["postgresql"],
    ...explanation(settings),
    dependsOn: [addLogGroup(stack, settings, inputs)],
  });
}

function access({ masterUsername }: Settings, { dataKeyArn }: ClusterInputs) {
  return {
    masterUsername,
    manageMasterUserPassword: true,
    masterUserSecretKmsKeyId: dataKeyArn,
    iamDatabaseAuthenticationEnabled: true,
  };
}

function retention(stack: LayerStack, settings: Settings, inputs: ClusterInputs) {
  const { backupRetentionDays, deletionProtection, finalSnapshot } = safekeeping(settings);
  return {
    backupRetentionPeriod: backupRetentionDays,
    preferredBackupWindow: settings.backupWindow,
    preferredMaintenanceWindow: settings.maintenanceWindow,
    copyTagsToSnapshot: true,
    deletionProtection: deletionProtection.enabled && stack.deletionProtection,
    skipFinalSnapshot: !finalSnapshot,
    ...(finalSnapshot ? { finalSnapshotIdentifier: finalSnapshotName(stack, inputs) } : {}),
  };
}

/** Shows in the console why the database may be deleted. */
function explanation(settings: Settings) {
  const { deletionProtection } = safekeeping(settings);
  return deletionProtection.enabled ? {} : { tags: { "deletion-protection-off": deletionProtection.reason } };
}

/**
 * A name of its own for the last snapshot of each incarnation of the database: AWS refuses a second snapshot of
 * the same name, and the snapshot of an earlier incarnation outlives it.
 */
function finalSnapshotName(stack: LayerStack, { identifier, dataKeyArn }: ClusterInputs): string {
  // Terraform draws the ID once and keeps it in the state; what forces a new cluster also draws a new ID.
  const incarnation = new DataResource(stack, "incarnation", { triggersReplace: [identifier, dataKeyArn] });
  return `${identifier}-final-${incarnation.id}`;
}

/** RDS would make the log group itself, unencrypted and kept forever. */
function addLogGroup(stack: LayerStack, settings: Settings, inputs: ClusterInputs) {
  return new CloudwatchLogGroup(stack, "postgresql-log", {
    name: `/aws/rds/cluster/${inputs.identifier}/postgresql`,
    kmsKeyId: inputs.logsKeyArn,
    retentionInDays: settings.logRetentionDays,
  });
}
