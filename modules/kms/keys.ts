import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { z } from "zod";
import { policyDocument } from "../../lib/constructs/iam-policy";
import type { LayerStack } from "../../lib/layer/stack";
import type { DataClass } from "./data-classes";
import { type KeyUse, keyPolicy } from "./key-policies";
import type { Settings } from "./settings";

const purposes: Record<DataClass, string> = {
  eks: "Kubernetes secrets and the disks of nodes and bastion",
  data: "databases, file systems, buckets and secrets",
  logs: "log groups, CloudTrail log files and alarm topics",
  backup: "backups",
  vault: "unsealing Vault",
};

/** Terraform address of the key of a class of data. */
export function keyAddress(dataClass: DataClass): string {
  return `aws_kms_key.${keyId(dataClass)}`;
}

const keyId = (dataClass: DataClass) => `${dataClass}-key`;

/** Adds the key of a class of data and its alias; returns the key's ARN. */
export function addKey(
  stack: LayerStack,
  dataClass: DataClass,
  settings: z.output<typeof Settings> & KeyUse,
): string {
  const key = new KmsKey(stack, keyId(dataClass), {
    description: `${stack.environment.name}: ${purposes[dataClass]}`,
    enableKeyRotation: true,
    rotationPeriodInDays: settings.rotationPeriodInDays,
    deletionWindowInDays: settings.deletionWindowInDays,
    policy: policyDocument(keyPolicy(dataClass, stack.environment, settings)),
    tags: { Name: stack.named("kmsAlias", dataClass) },
  });
  new KmsAlias(stack, `${dataClass}-alias`, {
    name: `alias/${aliasName(stack, dataClass)}`,
    targetKeyId: key.keyId,
  });
  return key.arn;
}

function aliasName(stack: LayerStack, dataClass: DataClass): string {
  // The charts look Vault's key up by this name.
  if (dataClass === "vault") return `vault-kms-unseal-${stack.environment.name}`;
  return stack.named("kmsAlias", dataClass);
}
