import { awsCall } from "../../layer/aws-call";
import { health, type HealthByType } from "../../layer/health";

/** Until they are `available` again: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/accessing-monitoring.html */
const databaseBusy = [
  "creating",
  "backing-up",
  "configuring-enhanced-monitoring",
  "configuring-iam-database-auth",
  "configuring-log-exports",
  "maintenance",
  "modifying",
  "rebooting",
  "renaming",
  "resetting-master-credentials",
  "starting",
  "upgrading",
];

const fileSystem = { healthy: ["available"], busy: ["creating", "updating"] } as const;

/** Databases and file systems. */
export const dataHealth: HealthByType = {
  aws_efs_access_point: health({
    action: "elasticfilesystem:DescribeAccessPoints",
    call: (id) => awsCall("efs", "DescribeAccessPoints", { AccessPointId: id }),
    state: ({ AccessPoints }) => AccessPoints?.[0]?.LifeCycleState,
    ...fileSystem,
  }),
  aws_efs_file_system: health({
    action: "elasticfilesystem:DescribeFileSystems",
    call: (id) => awsCall("efs", "DescribeFileSystems", { FileSystemId: id }),
    state: ({ FileSystems }) => FileSystems?.[0]?.LifeCycleState,
    ...fileSystem,
  }),
  aws_efs_mount_target: health({
    action: "elasticfilesystem:DescribeMountTargets",
    call: (id) => awsCall("efs", "DescribeMountTargets", { MountTargetId: id }),
    state: ({ MountTargets }) => MountTargets?.[0]?.LifeCycleState,
    ...fileSystem,
  }),
  aws_rds_cluster: health({
    action: "rds:DescribeDBClusters",
    call: (id) => awsCall("rds", "DescribeDBClusters", { DBClusterIdentifier: id }),
    state: ({ DBClusters }) => DBClusters?.[0]?.Status,
    healthy: ["available"],
    busy: databaseBusy,
  }),
  aws_rds_cluster_instance: health({
    action: "rds:DescribeDBInstances",
    call: (id) => awsCall("rds", "DescribeDBInstances", { DBInstanceIdentifier: id }),
    state: ({ DBInstances }) => DBInstances?.[0]?.DBInstanceStatus,
    healthy: ["available", "storage-optimization"],
    busy: databaseBusy,
  }),
};
