import { awsCall, sent } from "../../lib/layer/aws-call";
import { type Restorable, type RestoreStep, restoreStep } from "../../lib/layer/restore";

/** The cluster whose backups are restored, and what its copy gets. */
export interface OriginalCluster {
  readonly clusterIdentifier: string;
  readonly clusterArn: string;
  readonly subnetGroupName: string;
  readonly securityGroupId: string;
  readonly dataKeyArn: string;
  readonly minCapacityAcu: number;
  readonly maxCapacityAcu: number;
}

const failed = /fail|delet|incompatible|inaccessible|stopped/;
/** AWS reports what a cluster or an instance does as a word, and has many of them. */
const progressOf = (status: string) =>
  status === "available" ? "ready" : failed.test(status) ? "failed" : "waiting";

/** The Aurora cluster, restored to a new one in the same subnets, with an instance and a password of its own. */
export function restorableDatabase(original: OriginalCluster, stamp: string): Restorable {
  const name = `${original.clusterIdentifier}-${stamp}`;
  return {
    noun: "database",
    resourceType: "Aurora",
    arn: original.clusterArn,
    target: `a new cluster "${name}"`,
    metadata: (saved) => ({
      ...saved,
      DBClusterIdentifier: name,
      DBSubnetGroupName: original.subnetGroupName,
      VpcSecurityGroupIds: JSON.stringify([original.securityGroupId]),
    }),
    finish: () => finishingSteps(original, name),
  };
}

/** AWS Backup restores a cluster without instances, capacity and protection: it accepts no connections. */
function finishingSteps(original: OriginalCluster, name: string): readonly RestoreStep[] {
  const { minCapacityAcu: MinCapacity, maxCapacityAcu: MaxCapacity, dataKeyArn } = original;
  const cluster = { DBClusterIdentifier: name };
  const instance = { DBInstanceIdentifier: `${name}-1` };
  return [
    restoreStep({
      doing: "set the capacity of the restored cluster",
      call: awsCall("rds", "ModifyDBCluster", {
        ...cluster,
        ApplyImmediately: true,
        ServerlessV2ScalingConfiguration: { MinCapacity, MaxCapacity },
        EnableIAMDatabaseAuthentication: true,
        DeletionProtection: true,
      }),
    }),
    clusterAvailable(cluster, "wait for the restored cluster"),
    restoreStep({
      doing: "create an instance in the restored cluster",
      call: awsCall("rds", "CreateDBInstance", {
        ...cluster,
        ...instance,
        Engine: "aurora-postgresql",
        DBInstanceClass: "db.serverless",
        PubliclyAccessible: false,
      }),
    }),
    restoreStep({
      doing: "wait for the restored instance",
      call: awsCall("rds", "DescribeDBInstances", instance),
      progress: ({ DBInstances }) => progressOf(DBInstances?.[0]?.DBInstanceStatus ?? ""),
    }),
    restoreStep({
      doing: "create a password for the restored cluster",
      call: awsCall("rds", "ModifyDBCluster", {
        ...cluster,
        ApplyImmediately: true,
        ManageMasterUserPassword: true,
        MasterUserSecretKmsKeyId: dataKeyArn,
      }),
    }),
    clusterAvailable(cluster, "describe the restored cluster", ({ DBClusters }) => {
      const endpoint = sent(DBClusters?.[0]?.Endpoint, "Endpoint");
      return `Its endpoint is ${endpoint}, reached by whatever reaches the old one`;
    }),
  ];
}

type Clusters = NonNullable<ReturnType<typeof describeCluster>["output"]>;

const describeCluster = (cluster: { readonly DBClusterIdentifier: string }) =>
  awsCall("rds", "DescribeDBClusters", cluster);

function clusterAvailable(
  cluster: { readonly DBClusterIdentifier: string },
  doing: string,
  note?: (answer: Clusters) => string,
): RestoreStep {
  return restoreStep({
    doing,
    call: describeCluster(cluster),
    progress: ({ DBClusters }) => progressOf(DBClusters?.[0]?.Status ?? ""),
    ...(note === undefined ? {} : { note }),
  });
}
