import { each } from "../checks";
import { eachAllowance } from "../permissions";
import { isForEveryone } from "../reading";
import { rules } from "../rule";

/** Rules about keys. */
export const kmsRules = rules({
  "key-rotation": {
    title: "Every key is rotated",
    publicIds: ["CKV_AWS_7", "AWS-0065"],
    reason: "The longer a key is used, the more data a compromised key discloses",
    fix: "Set enable_key_rotation to true",
    check: each(["aws_kms_key"], (key) =>
      // AWS rotates no asymmetric keys, such as those that sign a DNS zone.
      (key.has("customer_master_key_spec") && !key.is("customer_master_key_spec", "SYMMETRIC_DEFAULT")) ||
      key.is("enable_key_rotation", true)
        ? undefined
        : "it is never rotated",
    ),
  },
  "key-deletion": {
    title: "The deletion of a key can be cancelled for 30 days",
    publicIds: ["KMS.3"],
    reason: "Data that a deleted key encrypts is lost, backups included",
    fix: "Set deletion_window_in_days to 30",
    check: each(["aws_kms_key"], (key) => {
      const days = key.texts("deletion_window_in_days")[0] ?? "30";
      return days === "30" ? undefined : `its deletion can be cancelled for ${days} days only`;
    }),
  },
  "key-enabled": {
    title: "Every key is enabled",
    publicIds: ["CKV_AWS_227"],
    reason: "Data that a disabled key encrypts cannot be read",
    fix: "Remove is_enabled",
    check: each(["aws_kms_key"], (key) => (key.is("is_enabled", false) ? "it is disabled" : undefined)),
  },
  "key-policy": {
    title: "Every key has a policy of its own",
    publicIds: ["CKV2_AWS_64"],
    reason:
      "The default policy lets every principal of the account with permissions in IAM use the key for anything",
    fix: "Set policy",
    check: each(["aws_kms_key"], (key, synthesised) =>
      key.has("policy") || synthesised.referring(key, "aws_kms_key_policy", "key_id").length > 0
        ? undefined
        : "its policy is the default one",
    ),
  },
  "key-private": {
    title: "No key policy allows access by everyone",
    publicIds: ["CKV_AWS_33", "KMS.5"],
    reason: "Encryption has no effect when everyone can decrypt",
    fix: "Name accounts, roles or services as the principals of the key's policy",
    check: eachAllowance(["resource"], (statement, { resource }) =>
      resource.type.startsWith("aws_kms_") && isForEveryone(statement)
        ? "it allows access by everyone"
        : undefined,
    ),
  },
});
