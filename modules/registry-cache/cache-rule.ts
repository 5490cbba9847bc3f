import { EcrPullThroughCacheRule } from "@cdktf/provider-aws/lib/ecr-pull-through-cache-rule";
import { EcrRepositoryCreationTemplate } from "@cdktf/provider-aws/lib/ecr-repository-creation-template";
import { expiry } from "../../lib/constructs/image-expiry";
import type { LayerStack } from "../../lib/layer/stack";
import { type UpstreamName, upstreams } from "./upstreams";

/** How the copies of one registry are fetched and kept. */
export interface CacheRule {
  readonly name: UpstreamName;
  readonly prefix: string;
  readonly keyArn: string;
  readonly roleArn: string;
  readonly retentionDays: number;
  /** Secret with an account at the registry; unset: it wants none. */
  readonly credentialArn: string | undefined;
}

/** Adds the rule that fetches images when they are first pulled, and the template of the repositories it makes. */
export function addCacheRule(stack: LayerStack, rule: CacheRule): void {
  const { name, prefix, credentialArn } = rule;
  const template = new EcrRepositoryCreationTemplate(stack, `${name}-template`, {
    prefix,
    description: `Copies of images of ${upstreams[name].host}`,
    appliedFor: ["PULL_THROUGH_CACHE"],
    customRoleArn: rule.roleArn,
    // What runs today under a tag runs tomorrow: a tag that moves is fetched anew once its copy has expired.
    imageTagMutability: "IMMUTABLE",
    encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: rule.keyArn }],
    lifecyclePolicy: expiry({ tagStatus: "any", days: rule.retentionDays }),
    resourceTags: { ...stack.tags },
  });
  new EcrPullThroughCacheRule(stack, `${name}-rule`, {
    ecrRepositoryPrefix: prefix,
    upstreamRegistryUrl: upstreams[name].url,
    ...(credentialArn === undefined ? {} : { credentialArn }),
    // A repository that is made before its template is encrypted differently, for ever.
    dependsOn: [template],
  });
}
