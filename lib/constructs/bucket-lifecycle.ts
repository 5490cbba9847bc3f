import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import type { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { LayerStack } from "../layer/stack";

/** Retention of objects in a bucket. */
export interface BucketLifecycle {
  /** Days after which objects expire; unset: they do not expire. */
  readonly expirationDays?: number;
  /** Days that an overwritten or deleted object can still be restored. */
  readonly noncurrentVersionDays: number;
  /** Whether to use S3 Intelligent-Tiering. */
  readonly intelligentTiering?: boolean;
}

/** Adds the lifecycle rules of a bucket. */
export function addBucketLifecycle(
  stack: LayerStack,
  id: string,
  given: BucketLifecycle & { readonly versioning: S3BucketVersioningA },
): void {
  const { expirationDays: days } = given;
  new S3BucketLifecycleConfiguration(stack, `${id}-lifecycle`, {
    // Through versioning, because rules on noncurrent versions require it.
    bucket: given.versioning.bucket,
    rule: [
      {
        id: "all-objects",
        status: "Enabled",
        filter: [{ prefix: "" }],
        // S3 accepts either days or the removal of expired delete markers; days include the latter.
        expiration: [days === undefined ? { expiredObjectDeleteMarker: true } : { days }],
        noncurrentVersionExpiration: [{ noncurrentDays: given.noncurrentVersionDays }],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        ...(given.intelligentTiering
          ? { transition: [{ days: 0, storageClass: "INTELLIGENT_TIERING" }] }
          : {}),
      },
    ],
  });
}
