import { each } from "../../checks";
import type { Rule } from "../../rule";

export const databaseInsights: Rule = {
  id: "database-insights",
  title: "Databases keep record of their load, encrypted with a customer-managed key",
  publicIds: ["CKV_AWS_353", "CKV_AWS_354", "AWS-0078", "AWS-0133"],
  reason: "The record shows which statement is slow; statements contain data",
  fix: "Set performance_insights_enabled and performance_insights_kms_key_id",
  check: each(["aws_rds_cluster_instance"], (instance) =>
    instance.is("performance_insights_enabled", true) && instance.has("performance_insights_kms_key_id")
      ? undefined
      : "its load is not recorded under a key of ours",
  ),
};
