import { each } from "../../checks";
import type { Rule } from "../../rule";

export const keyRotation: Rule = {
  id: "key-rotation",
  title: "Every key is rotated",
  publicIds: ["CKV_AWS_7", "AWS-0065"],
  reason: "The longer a key is used, the more is lost with it",
  fix: "Set enable_key_rotation to true",
  check: each(["aws_kms_key"], (key) =>
    // AWS rotates no asymmetric keys, such as those that sign a DNS zone.
    (key.has("customer_master_key_spec") && !key.is("customer_master_key_spec", "SYMMETRIC_DEFAULT")) ||
    key.is("enable_key_rotation", true)
      ? undefined
      : "it is never rotated",
  ),
};
