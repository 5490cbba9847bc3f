import { each } from "../../checks";
import type { Rule } from "../../rule";

export const databaseLogs: Rule = {
  id: "database-logs",
  title: "Databases send their log to CloudWatch",
  publicIds: ["CKV_AWS_324", "RDS.37"],
  reason: "The log on an instance goes with the instance",
  fix: 'List "postgresql" in enabled_cloudwatch_logs_exports',
  check: each(["aws_rds_cluster"], (cluster) =>
    cluster.texts("enabled_cloudwatch_logs_exports").includes("postgresql")
      ? undefined
      : "its log stays on its instances",
  ),
};
