import { each } from "../../checks";
import type { Rule } from "../../rule";

export const topicEncrypted: Rule = {
  id: "topic-encrypted",
  title: "Topics are encrypted with a customer-managed key",
  publicIds: ["CKV_AWS_26", "AWS-0095", "AWS-0136"],
  reason: "Messages lie readable until they are delivered",
  fix: "Set kms_master_key_id to a key of ours",
  check: each(["aws_sns_topic"], (topic) =>
    topic.has("kms_master_key_id") && !topic.is("kms_master_key_id", "alias/aws/sns")
      ? undefined
      : "it is not encrypted with a key of ours",
  ),
};
