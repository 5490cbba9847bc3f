import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { expiry } from "../../lib/constructs/image-expiry";
import type { LayerStack } from "../../lib/layer/stack";

/** Prefix of the repository names in ECR. */
export function repositoryPrefix(stack: LayerStack): string {
  return stack.named("ecrRepository", "release");
}

interface Repository {
  readonly name: string;
  readonly keyArn: string;
  readonly untaggedRetentionDays: number;
}

/** Adds a repository of OCI artefacts; returns its URL. */
export function addRepository(stack: LayerStack, given: Repository): string {
  const id = given.name.replaceAll("/", "--");
  const repository = new EcrRepository(stack, id, {
    name: stack.named("ecrRepository", `release/${given.name}`),
    imageTagMutability: "IMMUTABLE",
    imageScanningConfiguration: { scanOnPush: true },
    encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: given.keyArn }],
    forceDelete: !stack.deletionProtection,
  });
  new EcrLifecyclePolicy(stack, `${id}-lifecycle`, {
    repository: repository.name,
    policy: expiry({ tagStatus: "untagged", days: given.untaggedRetentionDays }),
  });
  return repository.repositoryUrl;
}
