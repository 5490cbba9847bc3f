import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { addImageKey } from "../../lib/constructs/image-key";
import { defineLayer } from "../../lib/layer/layer";
import { byKey } from "../../lib/layer/outputs";
import { physicalName } from "../../lib/layer/names";
import { dnsSuffix } from "../../lib/layer/partition";
import { policyDocument } from "../../lib/constructs/iam-policy";
import type { LayerStack } from "../../lib/layer/stack";
import { addCacheRule } from "./cache-rule";
import { addCreationRole } from "./creation-role";
import { addCredentials, credentialsVariable } from "./credentials";
import { credentialsProblems, regionProblems } from "./checks";
import { repositoriesQuestion, retainedImageKey } from "./leftovers";
import { Settings } from "./settings";
import { type UpstreamName, upstreams } from "./upstreams";

/** ECR pull-through cache of public registries. */
export const registryCache = defineLayer({
  name: "registry-cache",
  summary: "Optional: ECR pull-through cache of public registries",
  settings: Settings,
  needs: {},
  outputs: {
    registries: byKey("Prefix that replaces a registry's host in image names, by host; empty if disabled"),
    policyArns: byKey(
      "pull: ARN of the IAM policy for principals that pull an image for the first time; empty if disabled",
    ),
  },
  check: ({ environment, settings, read }) => [
    ...regionProblems(environment, settings),
    ...credentialsProblems(settings, read),
  ],
  // Of every registry: repositories stay when one is no longer cached.
  leftovers: ({ environment }) => [
    repositoriesQuestion(
      environment,
      Object.keys(upstreams).map((name) => physicalName(environment.name, "ecrCachePrefix", name)),
    ),
  ],
  retained: ({ environment }) => [retainedImageKey(environment)],
  secretFiles: ({ settings }): Readonly<Record<string, string>> =>
    Object.fromEntries(
      withAccount(settings).map(({ name, file }) => [credentialsVariable(name), file] as const),
    ),
  build(stack, { settings }) {
    const names = cachedBy(settings);
    if (names.length === 0) return { registries: {}, policyArns: {} };
    const prefixOf = (name: UpstreamName) => stack.named("ecrCachePrefix", name);
    const repositories = names.map((name) => stack.arn("ecr", `repository/${prefixOf(name)}/*`));
    const keyArn = addImageKey(stack, {
      name: "registry-cache",
      purpose: "copies of public images",
      services: [],
    });
    const roleArn = addCreationRole(stack, { keyArn, repositories });
    for (const name of names) {
      const account = withAccount(settings).find((one) => one.name === name);
      addCacheRule(stack, {
        name,
        prefix: prefixOf(name),
        keyArn,
        roleArn,
        retentionDays: settings.retentionDays,
        credentialArn: account && addCredentials(stack, { name, version: account.version }),
      });
    }
    return {
      registries: Object.fromEntries(
        names.map((name) => [upstreams[name].host, `${registryHost(stack)}/${prefixOf(name)}`]),
      ),
      policyArns: { pull: addPullPolicy(stack, repositories) },
    };
  },
});

/** The cached registries, in alphabetical order. */
function cachedBy(settings: Settings): readonly UpstreamName[] {
  if (!settings.enabled) return [];
  return [...new Set([...settings.withoutAccount, ...withAccount(settings).map(({ name }) => name)])].sort();
}

function withAccount(settings: Settings) {
  if (!settings.enabled) return [];
  return (["docker", "ghcr"] as const).flatMap((name) => {
    const account = settings[name];
    if (account === undefined) return [];
    return [{ name, file: account.credentialsFile, version: account.credentialsVersion }];
  });
}

function registryHost({ environment }: LayerStack): string {
  const { account, region, partition } = environment;
  return `${account}.dkr.ecr.${region}.${dnsSuffix(partition)}`;
}

/** Additional permissions for the first pull of an image, which creates its repository and imports it. */
function addPullPolicy(stack: LayerStack, repositories: readonly string[]): string {
  return new IamPolicy(stack, "pull-policy", {
    name: stack.named("iamPolicy", "registry-cache-pull"),
    description: "First pull of an image through the registry cache",
    policy: policyDocument([
      {
        Effect: "Allow",
        Action: ["ecr:CreateRepository", "ecr:BatchImportUpstreamImage"],
        Resource: repositories,
      },
      {
        Effect: "Allow",
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Resource: repositories,
      },
    ]),
  }).arn;
}
