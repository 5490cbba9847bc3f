import type { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { administration, useThrough } from "../../lib/constructs/key-policy";
import { policyDocument } from "../../lib/constructs/iam-policy";
import type { LayerStack } from "../../lib/layer/stack";
import type { Settings } from "./settings";
import { addVault } from "./vault";

/** Adds the vault for copies in another region and its key; undefined if there is none. */
export function addCopyVault(stack: LayerStack, { copy, lock }: Settings): BackupVault | undefined {
  const { region } = copy;
  if (region === undefined) return undefined;
  // Also without resources: Terraform deletes those of an earlier apply only with the provider that created them.
  stack.awsIn(region);
  if (!copy.enabled && !copy.keepCopies) return undefined;
  // The IDs contain the region: otherwise Terraform would look for the vault of one region in another, and create a new one.
  return addVault(stack, `copy-vault-${region}`, {
    name: stack.named("backupVault", "backup-copies"),
    region,
    keyArn: addCopyKey(stack, region),
    lock,
  });
}

/** Adds a key in another region, because the kms layer's keys are regional; returns its ARN. */
function addCopyKey(stack: LayerStack, region: string): string {
  const provider = stack.awsIn(region);
  const place = { ...stack.environment, region };
  const services = ["backup", "rds", "elasticfilesystem"];
  const key = new KmsKey(stack, `copy-key-${region}`, {
    provider,
    description: `${stack.environment.name}: copies of backups`,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: policyDocument([administration(place), ...useThrough(services, place)]),
    tags: { Name: stack.named("kmsAlias", "backup-copies") },
  });
  const alias = new KmsAlias(stack, `copy-key-alias-${region}`, {
    provider,
    name: `alias/${stack.named("kmsAlias", "backup-copies")}`,
    targetKeyId: key.keyId,
  });
  // Not the key's own attribute: what uses the key waits for its alias, by which the deployer may use it.
  return alias.targetKeyArn;
}
