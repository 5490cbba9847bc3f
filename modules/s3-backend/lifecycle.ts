import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import type { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { LayerStack } from "../../lib/stack";

/**
 * Bytes that no state with a resource fits into (the smallest has about 640) and nearly every lock does (about 300).
 * Locks cannot be told by name: theirs is the state's plus ".tflock", and S3 filters by prefix, not by suffix.
 * A lock above it, or an empty state below it, is only kept for longer or shorter.
 */
const smallerThanAnyState = 512;

/** Adds rules that remove what is no longer of use: every lock, for one, leaves a version and a delete marker. */
export function addLifecycle(
  stack: LayerStack,
  versioning: S3BucketVersioningA,
  given: { readonly provider: AwsProvider; readonly noncurrentVersionDays: number },
): void {
  new S3BucketLifecycleConfiguration(stack, "state-lifecycle", {
    provider: given.provider,
    // Through versioning, because rules on noncurrent versions mean nothing before it.
    bucket: versioning.bucket,
    rule: [
      {
        id: "lock-versions",
        status: "Enabled",
        filter: [{ objectSizeLessThan: smallerThanAnyState }],
        noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
      },
      {
        id: "state-versions",
        status: "Enabled",
        filter: [{ prefix: "" }],
        noncurrentVersionExpiration: [{ noncurrentDays: given.noncurrentVersionDays }],
        expiration: [{ expiredObjectDeleteMarker: true }],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
      },
    ],
  });
}
