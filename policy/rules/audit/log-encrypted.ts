import { each } from "../../checks";
import type { Rule } from "../../rule";

export const logEncrypted: Rule = {
  id: "log-encrypted",
  title: "Log groups are encrypted with a customer-managed key",
  publicIds: ["CKV_AWS_158", "AWS-0017"],
  reason: "Logs hold names, addresses and sometimes more",
  fix: "Set kms_key_id",
  check: each(["aws_cloudwatch_log_group"], (log) =>
    log.has("kms_key_id") ? undefined : "it is not encrypted with a key of ours",
  ),
};
