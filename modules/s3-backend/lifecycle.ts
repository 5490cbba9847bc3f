import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
  s3BucketLifecycleConfigurationRuleToTerraform,
} from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import type { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Lazy } from "cdktf";
import { LayerStack } from "../../lib/layer/stack";

interface LifecycleOptions {
  readonly provider: AwsProvider;
  readonly noncurrentVersionDays: number;
}

/** Adds rules that remove what is no longer of use: every lock, for one, leaves a version and a delete marker. */
export function addLifecycle(
  stack: LayerStack,
  versioning: S3BucketVersioningA,
  given: LifecycleOptions,
): void {
  // Later layers are not in the tree yet, so the rules are made when it is written.
  const produce = () => [...lockRules(stack), stateRule(given)].map(asTerraform);
  new S3BucketLifecycleConfiguration(stack, "state-lifecycle", {
    provider: given.provider,
    // Through versioning, because rules on noncurrent versions mean nothing before it.
    bucket: versioning.bucket,
    rule: Lazy.anyValue({ produce }),
  });
}

/** Lazy values skip the bindings' own translation, so it is called here. */
function asTerraform(rule: S3BucketLifecycleConfigurationRule): unknown {
  return s3BucketLifecycleConfigurationRuleToTerraform(rule);
}

/**
 * One rule per lock, because S3 filters by prefix and what tells a lock from a state is the end of its key. No state
 * has such a prefix, as an environment's name has no dot. Locks of environments that share the bucket, which this one
 * does not know, go when old states do.
 */
function lockRules(stack: LayerStack): S3BucketLifecycleConfigurationRule[] {
  const { name, region } = stack.environment;
  const layers = stack.node.root.node.children.filter((child) => child instanceof LayerStack);
  return layers.map(({ node: { id: layer } }) => ({
    id: `lock-versions-of-${layer}`,
    status: "Enabled",
    filter: [{ prefix: `${region}/${layer}/${name}.tflock` }],
    noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
  }));
}

function stateRule({ noncurrentVersionDays }: LifecycleOptions): S3BucketLifecycleConfigurationRule {
  return {
    id: "state-versions",
    status: "Enabled",
    filter: [{ prefix: "" }],
    noncurrentVersionExpiration: [{ noncurrentDays: noncurrentVersionDays }],
    expiration: [{ expiredObjectDeleteMarker: true }],
    abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
  };
}
