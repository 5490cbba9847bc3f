import { actions, type Rights, type RightsByType } from "../../lib/layer/rights";

function bucket(names: string): Rights {
  return { resources: ["s3:::{bucket}"], actions: actions("s3", names) };
}

const files = ["elasticfilesystem:{region}:{account}:file-system/*"];
const points = ["elasticfilesystem:{region}:{account}:access-point/*"];
const tags = "ListTagsForResource TagResource UntagResource";
const cluster = [
  "rds:{region}:{account}:cluster:{cluster_identifier}",
  "rds:{region}:{account}:cluster-pg:{env}-*",
  "rds:{region}:{account}:cluster-snapshot:{env}-*",
  "rds:{region}:{account}:pg:{env}-*",
  // RDS also checks the default groups that a request does not name, option group and parameter group of instances:
  // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/security_iam_id-based-policy-examples-create-and-modify-examples.html
  "rds:{region}:{account}:og:default*",
  "rds:{region}:{account}:pg:default*",
  "rds:{region}:{account}:subgrp:{env}-*",
];
const rdsTags = "AddTagsToResource ListTagsForResource RemoveTagsFromResource";

/** Rights for buckets, file systems and the database. */
export const storageRights: RightsByType = {
  aws_db_event_subscription: {
    resources: ["rds:{region}:{account}:es:{name}"],
    actions: actions(
      "rds",
      `AddSourceIdentifierToSubscription CreateEventSubscription DeleteEventSubscription DescribeEventSubscriptions
      ModifyEventSubscription RemoveSourceIdentifierFromSubscription ${rdsTags}`,
    ),
  },
  aws_db_parameter_group: {
    resources: ["rds:{region}:{account}:pg:{name}"],
    actions: actions(
      "rds",
      `CreateDBParameterGroup DeleteDBParameterGroup DescribeDBParameterGroups DescribeDBParameters
      ModifyDBParameterGroup ResetDBParameterGroup ${rdsTags}`,
    ),
  },
  aws_db_subnet_group: {
    resources: ["rds:{region}:{account}:subgrp:{name}"],
    actions: actions(
      "rds",
      `CreateDBSubnetGroup DeleteDBSubnetGroup DescribeDBSubnetGroups ModifyDBSubnetGroup ${rdsTags}`,
    ),
  },
  aws_efs_access_point: {
    resources: [...files, ...points],
    actions: actions("elasticfilesystem", `CreateAccessPoint DeleteAccessPoint DescribeAccessPoints ${tags}`),
  },
  aws_efs_backup_policy: {
    resources: files,
    actions: actions("elasticfilesystem", "DescribeBackupPolicy PutBackupPolicy"),
    // https://docs.aws.amazon.com/aws-backup/latest/devguide/using-service-linked-roles-AWSServiceRoleForBackup.html
    serviceLinkedRoles: ["backup"],
  },
  aws_efs_file_system: {
    resources: files,
    actions: actions(
      "elasticfilesystem",
      `DeleteFileSystem DescribeFileSystems DescribeLifecycleConfiguration PutLifecycleConfiguration
      UpdateFileSystem UpdateFileSystemProtection ${tags}`,
    ),
    actionsOnAnyResource: actions("elasticfilesystem", "CreateFileSystem"),
    serviceLinkedRoles: ["elasticfilesystem"],
  },
  aws_efs_file_system_policy: {
    resources: files,
    actions: actions(
      "elasticfilesystem",
      "DeleteFileSystemPolicy DescribeFileSystemPolicy PutFileSystemPolicy",
    ),
  },
  aws_efs_mount_target: {
    resources: [...files, "ec2:{region}:{account}:*"],
    actions: [
      ...actions(
        "elasticfilesystem",
        `CreateMountTarget DeleteMountTarget DescribeMountTargetSecurityGroups DescribeMountTargets
        ModifyMountTargetSecurityGroups`,
      ),
      // EFS creates a mount target's interface as the caller.
      ...actions("ec2", "CreateNetworkInterface DeleteNetworkInterface ModifyNetworkInterfaceAttribute"),
    ],
    actionsOnAnyResource: actions("ec2", "DescribeNetworkInterfaces DescribeSubnets"),
  },
  aws_rds_cluster: {
    resources: [...cluster, "secretsmanager:{region}:{account}:secret:rds!*"],
    actions: [
      ...actions(
        "rds",
        `CreateDBCluster CreateDBClusterSnapshot DeleteDBCluster DescribeDBClusters ModifyDBCluster ${rdsTags}`,
      ),
      // RDS creates the administrator's secret as the caller.
      ...actions("secretsmanager", "CreateSecret TagResource"),
    ],
    actionsOnAnyResource: actions("rds", "DescribeGlobalClusters"),
    serviceLinkedRoles: ["rds"],
  },
  aws_rds_cluster_instance: {
    resources: ["rds:{region}:{account}:db:{identifier}", ...cluster],
    actions: actions(
      "rds",
      `CreateDBInstance DeleteDBInstance DescribeDBClusters DescribeDBInstances ModifyDBInstance RebootDBInstance
      ${rdsTags}`,
    ),
    passRole: { service: "monitoring.rds", roles: ["monitoring_role_arn"] },
  },
  aws_rds_cluster_parameter_group: {
    resources: ["rds:{region}:{account}:cluster-pg:{name}"],
    actions: actions(
      "rds",
      `CreateDBClusterParameterGroup DeleteDBClusterParameterGroup DescribeDBClusterParameterGroups
      DescribeDBClusterParameters ModifyDBClusterParameterGroup ResetDBClusterParameterGroup ${rdsTags}`,
    ),
  },
  aws_s3_account_public_access_block: {
    actionsOnAnyResource: actions("s3", "GetAccountPublicAccessBlock PutAccountPublicAccessBlock"),
  },
  aws_s3_object: {
    resources: ["s3:::{bucket}/*"],
    actions: actions(
      "s3",
      "DeleteObject DeleteObjectVersion GetObject GetObjectTagging PutObject PutObjectTagging",
    ),
  },
  aws_s3_bucket: {
    ...bucket(`CreateBucket DeleteBucket GetAccelerateConfiguration GetBucketAcl GetBucketCORS
      GetBucketLogging GetBucketObjectLockConfiguration GetBucketPolicy GetBucketRequestPayment GetBucketTagging
      GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration GetLifecycleConfiguration
      GetReplicationConfiguration ListBucket ListBucketVersions PutBucketTagging`),
    // `destroy` empties a bucket before it deletes it, whether versions are kept or not:
    // https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/s3/delete.go
    actionsOnOtherResources: [
      { resources: ["s3:::{bucket}/*"], actions: actions("s3", "DeleteObject DeleteObjectVersion") },
    ],
  },
  aws_s3_bucket_lifecycle_configuration: bucket("GetLifecycleConfiguration PutLifecycleConfiguration"),
  aws_s3_bucket_logging: bucket("GetBucketAcl GetBucketLogging PutBucketLogging"),
  aws_s3_bucket_notification: bucket("GetBucketNotification PutBucketNotification"),
  aws_s3_bucket_ownership_controls: bucket("GetBucketOwnershipControls PutBucketOwnershipControls"),
  aws_s3_bucket_policy: bucket("DeleteBucketPolicy GetBucketPolicy PutBucketPolicy"),
  aws_s3_bucket_public_access_block: bucket("GetBucketPublicAccessBlock PutBucketPublicAccessBlock"),
  aws_s3_bucket_server_side_encryption_configuration: bucket(
    "GetEncryptionConfiguration PutEncryptionConfiguration",
  ),
  aws_s3_bucket_versioning: bucket("GetBucketVersioning PutBucketVersioning"),
};
