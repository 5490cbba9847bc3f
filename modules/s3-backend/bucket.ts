import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { z } from "zod";
import { policyDocument } from "../../lib/constructs/iam-policy";
import type { LayerStack } from "../../lib/layer/stack";
import { tlsOnly } from "../../lib/constructs/tls-only";
import { addLifecycle } from "./lifecycle";
import type { Settings } from "./settings";
import { addStateKey } from "./state-key";

/** Adds the state bucket and its protection; returns its ARN. */
export function addStateBucket(stack: LayerStack, settings: z.output<typeof Settings>): string {
  const { state } = stack.environment;
  const provider = stack.awsIn(state.region);
  const created = new S3Bucket(stack, "state-bucket", {
    provider,
    bucket: state.bucket,
    forceDestroy: !stack.deletionProtection,
  });
  const { id: bucket, arn } = created;
  const part = { provider, bucket };
  new S3BucketOwnershipControls(stack, "state-ownership", {
    ...part,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  });
  new S3BucketServerSideEncryptionConfigurationA(stack, "state-encryption", {
    ...part,
    rule: [
      {
        applyServerSideEncryptionByDefault: {
          sseAlgorithm: "aws:kms",
          kmsMasterKeyId: state.kmsKeyArn ?? addStateKey(stack, { provider, after: created }),
        },
        bucketKeyEnabled: true,
      },
    ],
  });
  const versioning = new S3BucketVersioningA(stack, "state-versioning", {
    ...part,
    versioningConfiguration: { status: "Enabled" },
  });
  addLifecycle(stack, versioning, { provider, ...settings });
  closeBucket(stack, part, { arn, ...settings });
  return arn;
}

/** Blocks public access, and denies requests without TLS. */
function closeBucket(
  stack: LayerStack,
  part: { readonly provider: AwsProvider; readonly bucket: string },
  bucket: { readonly arn: string; readonly denyInsecureTransport: boolean },
): void {
  const publicAccess = new S3BucketPublicAccessBlock(stack, "state-public-access", {
    ...part,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  if (!bucket.denyInsecureTransport) return;
  new S3BucketPolicy(stack, "state-policy", {
    ...part,
    policy: policyDocument(tlsOnly(bucket.arn)),
    // S3 returns 409 when two changes to a bucket's access settings run concurrently.
    dependsOn: [publicAccess],
  });
}
