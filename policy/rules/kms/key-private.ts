import { eachAllowance } from "../../permissions";
import { isAnybody } from "../../principals";
import type { Rule } from "../../rule";

export const keyPrivate: Rule = {
  id: "key-private",
  title: "No key can be used by everybody",
  publicIds: ["CKV_AWS_33", "KMS.5"],
  reason: "Encryption protects from nobody then",
  fix: "Name accounts, roles or services as the principals of the key's policy",
  check: eachAllowance(["resource"], (statement, { resource }) =>
    resource.type === "aws_kms_key" && isAnybody(statement) ? "anybody may use it" : undefined,
  ),
};
