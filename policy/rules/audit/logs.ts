import { each } from "../../checks";
import { rules } from "../../rule";

/** Rules about log groups. */
export const logRules = rules({
  "log-encrypted": {
    title: "Log groups are encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_158", "AWS-0017"],
    reason: "Logs hold names, addresses and sometimes more",
    fix: "Set kms_key_id",
    check: each(["aws_cloudwatch_log_group"], (log) =>
      log.has("kms_key_id") ? undefined : "it is not encrypted with a key of ours",
    ),
  },
  "log-retention": {
    title: "Logs are kept for a year or longer, and not for ever",
    publicIds: ["CKV_AWS_66", "CKV_AWS_338"],
    reason: "Intrusions are found after months; logs without an end are paid for without an end",
    fix: "Set retention_in_days to 365 or more",
    check: each(["aws_cloudwatch_log_group"], (log) => {
      const days = Number(log.texts("retention_in_days")[0] ?? 0);
      if (days === 0) return "it is kept for ever";
      return days >= 365 ? undefined : `it is kept for ${days} days`;
    }),
  },
});
