import { each } from "../../checks";
import type { Rule } from "../../rule";

export const keyPolicy: Rule = {
  id: "key-policy",
  title: "Every key has a policy of its own",
  publicIds: ["CKV2_AWS_64"],
  reason: "The default one lets every principal of the account that IAM allows it use the key for anything",
  fix: "Set policy",
  check: each(["aws_kms_key"], (key) => (key.has("policy") ? undefined : "its policy is the default one")),
};
