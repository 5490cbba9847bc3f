import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import type { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { LayerStack } from "../layer/stack";

/** How long a bucket keeps what is written to it. */
export interface BucketLifecycle {
  /** Days after which objects expire; unset: their owner deletes them. */
  readonly expirationDays?: number;
  /** Days that an overwritten or deleted object can still be brought back. */
  readonly noncurrentVersionDays: number;
  /** Whether S3 moves objects between access tiers by their use. */
  readonly intelligentTiering?: boolean;
}

/** Adds the rules that remove, or make cheaper, what a bucket holds. */
export function addBucketLifecycle(
  stack: LayerStack,
  id: string,
  given: BucketLifecycle & { readonly versioning: S3BucketVersioningA },
): void {
  const { expirationDays: days } = given;
  new S3BucketLifecycleConfiguration(stack, `${id}-lifecycle`, {
    // Through versioning, because rules on noncurrent versions mean nothing before it.
    bucket: given.versioning.bucket,
    rule: [
      {
        id: "all-objects",
        status: "Enabled",
        filter: [{ prefix: "" }],
        // S3 accepts either a lifetime or the removal of lone delete markers, and the first implies the second.
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
