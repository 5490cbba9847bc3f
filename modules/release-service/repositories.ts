import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Construct } from "constructs";
import { withIds } from "../../lib/constructs/element-ids";
import { expiry } from "../../lib/constructs/image-expiry";
import type { Environment } from "../../lib/layer/environment-schema";
import { physicalName } from "../../lib/layer/names";
import type { LayerStack } from "../../lib/layer/stack";

/** Prefix of the repository names in ECR. */
export function repositoryPrefix({ name }: Pick<Environment, "name">): string {
  return physicalName(name, "ecrRepository", "release");
}

interface Repositories {
  readonly names: readonly string[];
  readonly keyArn: string;
  readonly untaggedRetentionDays: number;
}

/** Adds repositories of OCI artefacts; returns their URLs by name. */
export function addRepositories(stack: LayerStack, given: Repositories): Readonly<Record<string, string>> {
  // Apart from the layer's other constructs, whose names a repository can have.
  const scope = new Construct(stack, "repositories");
  const named = withIds(given.names, terraformName);
  return Object.fromEntries(
    named.map(({ value, id }) => [value, addRepository(stack, scope, { ...given, name: value, id })]),
  );
}

function addRepository(
  stack: LayerStack,
  scope: Construct,
  given: Repositories & { readonly name: string; readonly id: string },
): string {
  const repository = new EcrRepository(scope, given.id, {
    name: stack.named("ecrRepository", `release/${given.name}`),
    imageTagMutability: "IMMUTABLE",
    imageScanningConfiguration: { scanOnPush: true },
    encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: given.keyArn }],
    forceDelete: !stack.deletionProtection,
  });
  repository.overrideLogicalId(given.id);
  new EcrLifecyclePolicy(new Construct(scope, `${given.id} expiry`), "policy", {
    repository: repository.name,
    policy: expiry({ tagStatus: "untagged", days: given.untaggedRetentionDays }),
  }).overrideLogicalId(`${given.id}-lifecycle`);
  return repository.repositoryUrl;
}

/** `edge-orch--common--files`: a Terraform name begins with a letter, and has no slash and no dot. */
function terraformName(repository: string): string {
  return repository
    .replaceAll("/", "--")
    .replaceAll(".", "")
    .replace(/^(?=\d)/, "repository-");
}
