import { each } from "../../checks";
import type { Rule } from "../../rule";

export const logRetention: Rule = {
  id: "log-retention",
  title: "Logs are kept for a year or longer, and not for ever",
  publicIds: ["CKV_AWS_66", "CKV_AWS_338"],
  reason: "Intrusions are found after months; logs without an end are paid for without an end",
  fix: "Set retention_in_days to 365 or more",
  check: each(["aws_cloudwatch_log_group"], (log) => {
    const days = Number(log.texts("retention_in_days")[0] ?? 0);
    if (days === 0) return "it is kept for ever";
    return days >= 365 ? undefined : `it is kept for ${days} days`;
  }),
};
