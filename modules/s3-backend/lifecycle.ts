import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
  s3BucketLifecycleConfigurationRuleToTerraform,
} from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import type { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Lazy, TerraformStack } from "cdktf";
import type { LayerStack } from "../../lib/layer/stack";
import { environmentLock } from "../../lib/layer/state-location";

interface LifecycleOptions {
  readonly provider: AwsProvider;
  readonly noncurrentVersionDays: number;
}

/** Adds rules that expire obsolete versions: every lock, for example, leaves a version and a delete marker. */
export function addLifecycle(
  stack: LayerStack,
  versioning: S3BucketVersioningA,
  given: LifecycleOptions,
): void {
  // Later layers are not in the construct tree yet, so the rules are created when the tree is synthesised.
  const produce = () => [...lockRules(stack), journalRule(stack), stateRule(given)].map(asTerraform);
  new S3BucketLifecycleConfiguration(stack, "state-lifecycle", {
    provider: given.provider,
    // Through versioning, because rules on noncurrent versions require it.
    bucket: versioning.bucket,
    rule: Lazy.anyValue({ produce }),
  });
}

/** Lazy values bypass the conversion in the provider bindings, so it is called here. */
function asTerraform(rule: S3BucketLifecycleConfigurationRule): unknown {
  return s3BucketLifecycleConfigurationRuleToTerraform(rule);
}

/**
 * One rule per lock, because S3 filters by prefix and only the suffix of the key distinguishes a lock from a state. No
 * state has such a prefix, because an environment's name has no dot. Locks of other environments that share the bucket
 * expire with old state versions.
 */
function lockRules(stack: LayerStack): S3BucketLifecycleConfigurationRule[] {
  const { name, region } = stack.environment;
  const layers = stack.node.root.node.children.filter((child) => TerraformStack.isStack(child));
  return [...layers.map(({ node }) => node.id), environmentLock].map((layer) => ({
    id: `lock-versions-of-${layer}`,
    status: "Enabled",
    filter: [{ prefix: `${region}/${layer}/${name}.tflock` }],
    noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
  }));
}

/** Journals of runs, of which nobody reads the old ones: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configuration-examples.html */
function journalRule(stack: LayerStack): S3BucketLifecycleConfigurationRule {
  return {
    id: "journals",
    status: "Enabled",
    filter: [{ prefix: `${stack.environment.region}/journal/` }],
    expiration: [{ days: 400 }],
  };
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
