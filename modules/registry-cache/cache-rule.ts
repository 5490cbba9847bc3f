import { EcrPullThroughCacheRule } from "@cdktf/provider-aws/lib/ecr-pull-through-cache-rule";
import { EcrRepositoryCreationTemplate } from "@cdktf/provider-aws/lib/ecr-repository-creation-template";
import { expiry } from "../../lib/constructs/image-expiry";
import type { LayerStack } from "../../lib/layer/stack";
import { type UpstreamName, upstreams } from "./upstreams";

/** Inputs of the cache rule of one registry. */
export interface CacheRule {
  readonly name: UpstreamName;
  readonly prefix: string;
  readonly keyArn: string;
  readonly roleArn: string;
  readonly retentionDays: number;
  /** Secret with the credentials of the registry; unset: none are required. */
  readonly credentialArn: string | undefined;
}

/** Adds the pull-through cache rule of a registry, and the template of the repositories that ECR creates. */
export function addCacheRule(stack: LayerStack, rule: CacheRule): void {
  const { name, prefix, credentialArn } = rule;
  const template = new EcrRepositoryCreationTemplate(stack, `${name}-template`, {
    prefix,
    description: `Cached images of ${upstreams[name].host}`,
    appliedFor: ["PULL_THROUGH_CACHE"],
    customRoleArn: rule.roleArn,
    // A cached tag does not change: if the tag moves upstream, its new image is fetched after the copy has expired.
    imageTagMutability: "IMMUTABLE",
    encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: rule.keyArn }],
    lifecyclePolicy: expiry({ tagStatus: "any", days: rule.retentionDays }),
    resourceTags: { ...stack.tags },
  });
  new EcrPullThroughCacheRule(stack, `${name}-rule`, {
    ecrRepositoryPrefix: prefix,
    upstreamRegistryUrl: upstreams[name].url,
    ...(credentialArn === undefined ? {} : { credentialArn }),
    // The encryption of a repository that is created before its template cannot be changed.
    dependsOn: [template],
  });
}
