import { actions } from "../../../lib/layer/rights";
import { type ForwardedCalls, given, linkedRole } from "./forwarded-calls";

const aurora = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide";
const files = "https://docs.aws.amazon.com/efs/latest/ug";
const backups = "https://docs.aws.amazon.com/aws-backup/latest/devguide";
const secrets = "https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html";
const functions = "https://docs.aws.amazon.com/lambda/latest/dg";
const managed = "secretsmanager:{region}:{account}:secret:rds!cluster-*";

/** What RDS, EFS, AWS Backup, Secrets Manager, S3 and Lambda do as the caller. */
export const dataCalls: readonly ForwardedCalls[] = [
  linkedRole(["rds.CreateDBCluster"], "rds", `${aurora}/UsingWithRDS.IAM.ServiceLinkedRoles.html`),
  {
    of: ["rds.CreateDBCluster"],
    when: given("KmsKeyId"),
    actions: actions("kms", "CreateGrant DescribeKey"),
    resource: "{KmsKeyId}",
    source: `${aurora}/Overview.Encryption.Keys.html`,
  },
  {
    of: ["rds.CreateDBCluster", "rds.ModifyDBCluster"],
    when: given("ManageMasterUserPassword"),
    actions: actions("secretsmanager", "CreateSecret TagResource"),
    resource: managed,
    source: `${aurora}/rds-secrets-manager.html`,
  },
  {
    of: ["rds.CreateDBCluster", "rds.ModifyDBCluster"],
    when: given("MasterUserSecretKmsKeyId"),
    actions: actions("kms", "CreateGrant Decrypt DescribeKey GenerateDataKey"),
    resource: "{MasterUserSecretKmsKeyId}",
    source: `${aurora}/rds-secrets-manager.html`,
  },
  {
    of: ["rds.CreateDBInstance"],
    when: given("PerformanceInsightsKMSKeyId"),
    actions: actions("kms", "CreateGrant DescribeKey"),
    resource: "{PerformanceInsightsKMSKeyId}",
    source: `${aurora}/USER_PerfInsights.access-control.html`,
  },
  {
    of: ["rds.DeleteDBCluster"],
    when: given("FinalDBSnapshotIdentifier"),
    actions: ["rds:CreateDBClusterSnapshot"],
    resource: "rds:{region}:{account}:cluster-snapshot:{FinalDBSnapshotIdentifier}",
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html",
  },
  linkedRole(["efs.CreateFileSystem"], "elasticfilesystem", `${files}/using-service-linked-roles.html`),
  linkedRole(
    ["efs.PutBackupPolicy"],
    "backup",
    `${backups}/using-service-linked-roles-AWSServiceRoleForBackup.html`,
  ),
  {
    of: ["efs.CreateFileSystem"],
    when: given("KmsKeyId"),
    actions: actions("kms", "CreateGrant DescribeKey GenerateDataKeyWithoutPlaintext"),
    resource: "{KmsKeyId}",
    source: `${files}/encryption-at-rest.html`,
  },
  {
    of: ["efs.CreateMountTarget"],
    actions: actions("ec2", "DescribeNetworkInterfaces DescribeSubnets"),
    source: `${files}/API_CreateMountTarget.html`,
  },
  {
    of: ["efs.CreateMountTarget"],
    actions: ["ec2:CreateNetworkInterface"],
    resource: "ec2:{region}:{account}:network-interface/*",
    source: `${files}/API_CreateMountTarget.html`,
  },
  {
    of: ["efs.DeleteMountTarget"],
    actions: ["ec2:DeleteNetworkInterface"],
    resource: "ec2:{region}:{account}:network-interface/*",
    source: `${files}/API_DeleteMountTarget.html`,
  },
  {
    of: ["efs.ModifyMountTargetSecurityGroups"],
    actions: ["ec2:ModifyNetworkInterfaceAttribute"],
    resource: "ec2:{region}:{account}:network-interface/*",
    source: `${files}/API_ModifyMountTargetSecurityGroups.html`,
  },
  linkedRole(
    ["backup.CreateRestoreTestingPlan"],
    "restore-testing.backup",
    `${backups}/using-service-linked-roles-AWSServiceRoleForBackupRestoreTesting.html`,
  ),
  {
    of: ["backup.CreateBackupVault"],
    actions: ["backup-storage:MountCapsule"],
    source: `${backups}/create-a-vault.html`,
  },
  {
    of: ["backup.CreateBackupVault"],
    when: given("EncryptionKeyArn"),
    actions: actions("kms", "CreateGrant Decrypt DescribeKey GenerateDataKey RetireGrant"),
    resource: "{EncryptionKeyArn}",
    source: `${backups}/create-a-vault.html`,
  },
  {
    of: ["secretsmanager.CreateSecret", "secretsmanager.UpdateSecret"],
    when: given("KmsKeyId"),
    actions: actions("kms", "Decrypt GenerateDataKey"),
    resource: "{KmsKeyId}",
    source: secrets,
  },
  {
    of: ["secretsmanager.PutSecretValue"],
    actions: actions("kms", "Decrypt GenerateDataKey"),
    source: secrets,
  },
  {
    of: ["ssm.PutParameter"],
    when: given("KeyId"),
    actions: ["kms:Encrypt"],
    resource: "{KeyId}",
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html",
  },
  {
    of: ["s3.PutObject"],
    actions: ["kms:GenerateDataKey"],
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
  },
  {
    of: ["s3.GetObject"],
    actions: ["kms:Decrypt"],
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
  },
  {
    of: ["lambda.CreateFunction", "lambda.UpdateFunctionConfiguration"],
    when: given("VpcConfig.SubnetIds"),
    actions: actions("ec2", "DescribeSecurityGroups DescribeSubnets DescribeVpcs"),
    source: `${functions}/configuration-vpc.html`,
  },
  {
    of: ["lambda.CreateFunction"],
    when: given("Code.S3Bucket"),
    actions: ["s3:GetObject"],
    resource: "s3:::{Code.S3Bucket}/{Code.S3Key}",
    source: "https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCode.html",
  },
  {
    of: ["lambda.UpdateFunctionCode"],
    when: given("S3Bucket"),
    actions: ["s3:GetObject"],
    resource: "s3:::{S3Bucket}/{S3Key}",
    source: "https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCode.html",
  },
  {
    of: ["lambda.CreateFunction", "lambda.UpdateFunctionConfiguration"],
    when: given("KMSKeyArn"),
    actions: actions("kms", "CreateGrant Decrypt Encrypt GenerateDataKey"),
    resource: "{KMSKeyArn}",
    source: `${functions}/configuration-envvars-encryption.html`,
  },
];
