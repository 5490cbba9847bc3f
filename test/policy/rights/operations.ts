import type { RecordedCall } from "../../real/api/recorded-call";

/** IAM's prefixes of services, where they are not botocore's names. */
const prefixes: Readonly<Record<string, string>> = {
  efs: "elasticfilesystem",
  elbv2: "elasticloadbalancing",
  s3control: "s3",
};

const bucketPolicyActions: Readonly<Record<string, string>> = {
  CompleteMultipartUpload: "PutObject",
  CreateMultipartUpload: "PutObject",
  DeleteBucketEncryption: "PutEncryptionConfiguration",
  DeleteBucketLifecycle: "PutLifecycleConfiguration",
  DeleteBucketOwnershipControls: "PutBucketOwnershipControls",
  DeleteBucketTagging: "PutBucketTagging",
  DeletePublicAccessBlock: "PutBucketPublicAccessBlock",
  GetBucketAccelerateConfiguration: "GetAccelerateConfiguration",
  GetBucketCors: "GetBucketCORS",
  GetBucketEncryption: "GetEncryptionConfiguration",
  GetBucketLifecycleConfiguration: "GetLifecycleConfiguration",
  GetBucketNotificationConfiguration: "GetBucketNotification",
  GetBucketReplication: "GetReplicationConfiguration",
  GetObjectLockConfiguration: "GetBucketObjectLockConfiguration",
  GetPublicAccessBlock: "GetBucketPublicAccessBlock",
  HeadBucket: "ListBucket",
  HeadObject: "GetObject",
  ListBuckets: "ListAllMyBuckets",
  ListMultipartUploads: "ListBucketMultipartUploads",
  ListObjectVersions: "ListBucketVersions",
  ListObjects: "ListBucket",
  ListObjectsV2: "ListBucket",
  ListParts: "ListMultipartUploadParts",
  PutBucketEncryption: "PutEncryptionConfiguration",
  PutBucketLifecycleConfiguration: "PutLifecycleConfiguration",
  PutBucketNotificationConfiguration: "PutBucketNotification",
  PutPublicAccessBlock: "PutBucketPublicAccessBlock",
  UploadPart: "PutObject",
};

/**
 * Actions of operations that IAM names otherwise:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 * https://docs.aws.amazon.com/cost-management/latest/userguide/billing-permissions-ref.html
 */
const renamed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  s3: bucketPolicyActions,
  s3control: {
    DeletePublicAccessBlock: "PutAccountPublicAccessBlock",
    GetPublicAccessBlock: "GetAccountPublicAccessBlock",
    PutPublicAccessBlock: "PutAccountPublicAccessBlock",
  },
  budgets: {
    CreateBudget: "ModifyBudget",
    CreateNotification: "ModifyBudget",
    CreateSubscriber: "ModifyBudget",
    DeleteBudget: "ModifyBudget",
    DeleteNotification: "ModifyBudget",
    DescribeBudget: "ViewBudget",
    DescribeNotificationsForBudget: "ViewBudget",
    DescribeSubscribersForNotification: "ViewBudget",
    UpdateBudget: "ModifyBudget",
  },
  lambda: { Invoke: "InvokeFunction" },
};

/** The actions that a request needs by its operation; none for what every caller may do. */
export function actionsOf({ service, operation, params }: RecordedCall): readonly string[] {
  const prefix = prefixes[service] ?? service;
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
  if (service === "sts" && operation === "GetCallerIdentity") return [];
  if (service === "s3" && operation.startsWith("DeleteObject"))
    return [JSON.stringify(params).includes('"VersionId"') ? "s3:DeleteObjectVersion" : "s3:DeleteObject"];
  if (service === "s3" && operation === "PutObject" && params["Tagging"] !== undefined)
    return ["s3:PutObject", "s3:PutObjectTagging"];
  return [`${prefix}:${renamed[service]?.[operation] ?? operation}`];
}
