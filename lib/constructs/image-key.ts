import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { administration, useThrough } from "./key-policy";
import { viaService } from "../layer/partition";
import { policyDocument, type Statement } from "./iam-policy";
import type { LayerStack } from "../layer/stack";

/** A key for what an optional layer keeps in ECR; its own, so that who does without the layer pays for no key. */
export interface ImageKey {
  /** Last part of the key's alias. */
  readonly name: string;
  readonly purpose: string;
  /** Services, beside ECR, through which the account's principals use the key. */
  readonly services: readonly string[];
  readonly statements?: readonly Statement[];
}

/** Adds a key for images and what belongs to them; returns its ARN. */
export function addImageKey(stack: LayerStack, { name, purpose, services, statements }: ImageKey): string {
  const { environment } = stack;
  const key = new KmsKey(stack, "key", {
    description: `${environment.name}: ${purpose}`,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: policyDocument([
      administration(environment),
      ...useThrough(["ecr", ...services], environment),
      retiring(stack),
      ...(statements ?? []),
    ]),
    tags: { Name: stack.named("kmsAlias", name) },
  });
  new KmsAlias(stack, "key-alias", {
    name: `alias/${stack.named("kmsAlias", name)}`,
    targetKeyId: key.keyId,
  });
  return key.arn;
}

/** ECR works under a grant for each repository, and gives it back when the repository goes. */
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
