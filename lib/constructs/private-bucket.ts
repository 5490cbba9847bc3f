import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { addBucketLifecycle, type BucketLifecycle } from "./bucket-lifecycle";
import { type Statement, policyDocument } from "./iam-policy";
import type { LayerStack } from "../layer/stack";
import { tlsOnly } from "./tls-only";

/** Inputs of a bucket without public access and without access over plain HTTP. */
export interface PrivateBucket {
  readonly name: string;
  /** Customer-managed key; unset: S3 managed keys, for writers that do not support KMS. */
  readonly keyArn?: string;
  /** Bucket for access logs, below `s3/<name>/`; unset: no access logs. */
  readonly accessLogBucket?: string;
  readonly lifecycle: BucketLifecycle;
  /** Additional policy statements, e.g. for an AWS service that writes. */
  readonly statements?: readonly Statement[];
}

/** Adds a bucket and its protection; returns its name, known after the protection is in place. */
export function addPrivateBucket(stack: LayerStack, id: string, given: PrivateBucket): string {
  const { id: bucket } = new S3Bucket(stack, id, {
    bucket: given.name,
    forceDestroy: !stack.deletionProtection,
    tags: { Name: given.name },
  });
  new S3BucketOwnershipControls(stack, `${id}-ownership`, {
    bucket,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  });
  new S3BucketServerSideEncryptionConfigurationA(stack, `${id}-encryption`, {
    bucket,
    rule: [encryption(given.keyArn)],
  });
  const versioning = new S3BucketVersioningA(stack, `${id}-versioning`, {
    bucket,
    versioningConfiguration: { status: "Enabled" },
  });
  addBucketLifecycle(stack, id, { versioning, ...given.lifecycle });
  new S3BucketNotification(stack, `${id}-events`, { bucket, eventbridge: true });
  if (given.accessLogBucket !== undefined) {
    new S3BucketLoggingA(stack, `${id}-access-log`, {
      bucket,
      targetBucket: given.accessLogBucket,
      targetPrefix: `s3/${given.name}/`,
    });
  }
  return addPolicy(stack, id, { ...given, bucket }).bucket;
}

/** The ARN of a bucket, known before the bucket exists. */
export function bucketArn(stack: LayerStack, name: string): string {
  return stack.arn("s3", name, { region: "", account: "" });
}

function encryption(keyArn: string | undefined) {
  if (keyArn === undefined) return { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
  return {
    applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
    // Reduces KMS requests from one per object to one per prefix and hour.
    bucketKeyEnabled: true,
  };
}

function addPolicy(
  stack: LayerStack,
  id: string,
  { bucket, name, statements = [] }: PrivateBucket & { readonly bucket: string },
): S3BucketPolicy {
  const publicAccess = new S3BucketPublicAccessBlock(stack, `${id}-public-access`, {
    bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  return new S3BucketPolicy(stack, `${id}-policy`, {
    bucket,
    policy: policyDocument([...tlsOnly(bucketArn(stack, name)), ...statements]),
    // S3 returns 409 when two changes to a bucket's access settings run concurrently.
    dependsOn: [publicAccess],
  });
}
