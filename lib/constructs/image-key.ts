import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { administration, useThrough } from "./key-policy";
import { viaService } from "../layer/partition";
import { policyDocument, type Statement } from "./iam-policy";
import type { LayerStack } from "../layer/stack";

/** Inputs of the key of an optional layer with ECR repositories, which is created only with the layer. */
export interface ImageKey {
  /** Last part of the key's alias. */
  readonly name: string;
  readonly purpose: string;
  /** Services, beside ECR, through which the account's principals use the key. */
  readonly services: readonly string[];
}

/** Adds a key for images and related data; returns its ARN. */
export function addImageKey(stack: LayerStack, { name, purpose, services }: ImageKey): string {
  const { environment } = stack;
  const key = new KmsKey(stack, "key", {
    description: `${environment.name}: ${purpose}`,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: policyDocument([
      administration(environment),
      ...useThrough(["ecr", ...services], environment),
      retiring(stack),
    ]),
    tags: { Name: stack.named("kmsAlias", name) },
  });
  const alias = new KmsAlias(stack, "key-alias", {
    name: `alias/${stack.named("kmsAlias", name)}`,
    targetKeyId: key.keyId,
  });
  // Not the key's own attribute: what uses the key waits for its alias, by which the deployer may use it.
  return alias.targetKeyArn;
}

/** ECR uses a grant for each repository, and retires it when the repository is deleted. */
function retiring({ environment }: LayerStack): Statement {
  const { partition, account } = environment;
  return {
    Sid: "RetiringOfGrants",
    Effect: "Allow",
    Principal: { AWS: `arn:${partition}:iam::${account}:root` },
    Action: "kms:RetireGrant",
    Resource: "*",
    Condition: {
      StringEquals: { "kms:CallerAccount": account, "kms:ViaService": viaService("ecr", environment) },
    },
  };
}
