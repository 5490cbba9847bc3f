import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { DataResource } from "cdktf";
import type { LayerStack } from "../../lib/layer/stack";
import { postgresPort } from "./network";
import { type Settings, safekeeping } from "./settings";

/** Attributes of other resources that the cluster uses. */
interface ClusterInputs {
  readonly identifier: string;
  readonly dataKeyArn: string;
  readonly logsKeyArn: string;
  readonly subnetGroupName: string;
  readonly securityGroupId: string;
  readonly parameterGroupName: string;
  readonly instanceParameterGroupName: string;
}

/** Adds the database cluster without its instances. */
export function addCluster(stack: LayerStack, settings: Settings, inputs: ClusterInputs): RdsCluster {
  return new RdsCluster(stack, "cluster", {
    clusterIdentifier: inputs.identifier,
    engine: "aurora-postgresql",
    engineMode: "provisioned",
    ...version(stack, settings, inputs),
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
    // Off before the cluster is destroyed: what it logs last would create the deleted log group again.
    // https://github.com/hashicorp/terraform-provider-aws/issues/42858
    enabledCloudwatchLogsExports: stack.deletionProtection ? ["postgresql"] : [],
    ...explanation(settings),
    dependsOn: [addLogGroup(stack, settings, inputs)],
  });
}

function version(stack: LayerStack, settings: Settings, { instanceParameterGroupName }: ClusterInputs) {
  // Never a major version alone: the provider compares it with the version that runs, and sends it with every change;
  // RDS takes it as the default minor version and refuses it when a newer one runs, also when a destroy disables deletion
  // protection: https://github.com/hashicorp/terraform-provider-aws/issues/45026
  return {
    engineVersion: settings.engineVersion,
    // A new major version in the environment file is intended, and the plan shows it first.
    allowMajorVersionUpgrade: true,
    // RDS refuses a new major version without it: https://github.com/hashicorp/terraform-provider-aws/issues/35912
    dbInstanceParameterGroupName: instanceParameterGroupName,
    // An upgrade that waits for the maintenance window is a change in every plan until then, and the parameter group of
    // a new major version cannot be set on instances of the old one.
    applyImmediately: true,
    // A destroy changes what keeps the cluster from being deleted, and no version.
    ...(stack.deletionProtection ? {} : { lifecycle: { ignoreChanges: ["engine_version"] } }),
  };
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

/** Shows the reason for disabled deletion protection as a tag. */
function explanation(settings: Settings) {
  const { deletionProtection } = safekeeping(settings);
  return deletionProtection.enabled ? {} : { tags: { "deletion-protection-off": deletionProtection.reason } };
}

/**
 * A unique name for the final snapshot of each cluster: AWS rejects a second snapshot with the same name, and the
 * final snapshot of an earlier cluster still exists.
 */
function finalSnapshotName(stack: LayerStack, { identifier, dataKeyArn }: ClusterInputs): string {
  // Terraform generates the ID once and keeps it in state; replacing the cluster also generates a new ID.
  const replacement = new DataResource(stack, "incarnation", { triggersReplace: [identifier, dataKeyArn] });
  return `${identifier}-final-${replacement.id}`;
}

/** RDS would create the log group itself, unencrypted and without expiry. */
function addLogGroup(stack: LayerStack, settings: Settings, inputs: ClusterInputs) {
  return new CloudwatchLogGroup(stack, "postgresql-log", {
    name: `/aws/rds/cluster/${inputs.identifier}/postgresql`,
    kmsKeyId: inputs.logsKeyArn,
    retentionInDays: settings.logRetentionDays,
  });
}
