import { each } from "../../checks";
import type { Rule } from "../../rule";

export const keyEnabled: Rule = {
  id: "key-enabled",
  title: "Every key is enabled",
  publicIds: ["CKV_AWS_227"],
  reason: "What a disabled key encrypts cannot be read",
  fix: "Remove is_enabled",
  check: each(["aws_kms_key"], (key) => (key.is("is_enabled", false) ? "it is disabled" : undefined)),
};
