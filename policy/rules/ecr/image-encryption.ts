import { each } from "../../checks";
import { registries } from "../../registries";
import type { Rule } from "../../rule";

export const imageEncryption: Rule = {
  id: "image-encryption",
  title: "Images are encrypted with a customer-managed key",
  publicIds: ["CKV_AWS_136", "AWS-0033"],
  reason: "Reading them then needs the key too",
  fix: "Set encryption_configuration with the type KMS and a key",
  check: each(registries, (registry) =>
    registry.is("encryption_configuration.encryption_type", "KMS") &&
    registry.has("encryption_configuration.kms_key")
      ? undefined
      : "it is not encrypted with a key of ours",
  ),
};
