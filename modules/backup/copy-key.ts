import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { administration, useThrough } from "../../lib/constructs/key-policy";
import { policyDocument } from "../../lib/constructs/iam-policy";
import type { LayerStack } from "../../lib/layer/stack";

/** Adds the key for copies in another region, because the kms layer's keys are regional; returns its ARN. */
export function addCopyKey(stack: LayerStack, region: string): string {
  const provider = stack.awsIn(region);
  const place = { ...stack.environment, region };
  const services = ["backup", "rds", "elasticfilesystem"];
  const key = new KmsKey(stack, "copy-key", {
    provider,
    description: `${stack.environment.name}: copies of backups`,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: policyDocument([administration(place), ...useThrough(services, place)]),
  });
  new KmsAlias(stack, "copy-key-alias", {
    provider,
    name: `alias/${stack.named("kmsAlias", "backup-copies")}`,
    targetKeyId: key.keyId,
  });
  return key.arn;
}
