import { each } from "../../checks";
import { hasCustomerKey } from "../../customer-key";
import { eachAllowance, granted } from "../../permissions";
import { rules } from "../../rule";

/** Rules about log groups. */
export const logRules = rules({
  "log-encrypted": {
    title: "Log groups are encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_158", "AWS-0017"],
    reason: "Logs contain names, addresses and other sensitive data",
    fix: "Set kms_key_id",
    check: each(["aws_cloudwatch_log_group"], (log) =>
      hasCustomerKey(log.given, "kms_key_id") ? undefined : "it is not encrypted with a customer-managed key",
    ),
  },
  "log-retention": {
    title: "Log groups retain logs for at least 365 days, and not indefinitely",
    publicIds: ["CKV_AWS_66", "CKV_AWS_338"],
    reason: "Intrusions are often detected after months; logs that never expire are paid for indefinitely",
    fix: "Set retention_in_days to 365 or more",
    check: each(["aws_cloudwatch_log_group"], (log) => {
      const days = Number(log.texts("retention_in_days")[0] ?? 0);
      if (days === 0) return "its logs never expire";
      return days >= 365 ? undefined : `its logs expire after ${days} days`;
    }),
  },
  "log-creation": {
    title: "No role may create log groups",
    publicIds: [],
    reason:
      "A program that logs while it is deleted would create a deleted log group again, without key and expiry",
    fix: "Remove logs:CreateLogGroup, and create the log group in the layer",
    check: eachAllowance(["identity"], (statement) =>
      granted(statement, ["logs:CreateLogGroup"]).length > 0 ? "it allows logs:CreateLogGroup" : undefined,
    ),
  },
});
