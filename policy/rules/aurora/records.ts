import { each } from "../../checks";
import { hasCustomerKey } from "../../customer-key";
import { databaseParameters } from "../../reading";
import { rules } from "../../rule";

/** Rules about what a database logs and reports. */
export const databaseRecordRules = rules({
  "database-logs": {
    title: "Databases export their log to CloudWatch Logs",
    publicIds: ["CKV_AWS_324", "RDS.37"],
    reason: "A log that is stored on an instance only is lost with the instance",
    fix: 'List "postgresql" in enabled_cloudwatch_logs_exports',
    check: each(["aws_rds_cluster"], (cluster) =>
      cluster.texts("enabled_cloudwatch_logs_exports").includes("postgresql")
        ? undefined
        : "its log is not exported",
    ),
  },
  "database-query-log": {
    title: "Databases log schema changes and slow statements",
    publicIds: ["CKV2_AWS_27"],
    reason: "Without them, the cause of a slow or changed database cannot be found",
    fix: "Set log_statement and log_min_duration_statement in the parameter group",
    check: each(["aws_rds_cluster"], (cluster, synthesised) => {
      const values = databaseParameters(synthesised, cluster);
      const logsStatements = ["ddl", "mod", "all"].includes(values.get("log_statement") ?? "none");
      return logsStatements && Number(values.get("log_min_duration_statement") ?? -1) >= 0
        ? undefined
        : "it does not log both schema changes and slow statements";
    }),
  },
  "database-insights": {
    title: "Performance Insights of databases is enabled, and encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_353", "CKV_AWS_354", "AWS-0078", "AWS-0133"],
    reason: "It shows which statement is slow; statements contain data",
    fix: "Set performance_insights_enabled and performance_insights_kms_key_id",
    check: each(["aws_rds_cluster_instance"], (instance) =>
      instance.is("performance_insights_enabled", true) &&
      hasCustomerKey(instance.given, "performance_insights_kms_key_id")
        ? undefined
        : "Performance Insights is disabled, or not encrypted with a customer-managed key",
    ),
  },
  "database-monitoring": {
    title: "Enhanced Monitoring of databases reports at least every minute",
    publicIds: ["CKV_AWS_118", "RDS.6"],
    reason: "Memory and disks as the operating system reports them are visible no other way",
    fix: "Set monitoring_interval to 60 and monitoring_role_arn",
    check: each(["aws_rds_cluster_instance"], (instance) =>
      instance.is("monitoring_interval", 1, 5, 10, 15, 30, 60) && instance.has("monitoring_role_arn")
        ? undefined
        : "Enhanced Monitoring is disabled",
    ),
  },
  "database-events": {
    title: "Failures, maintenance and changed parameters of databases are published to a topic",
    publicIds: ["RDS.19", "RDS.20", "RDS.21", "RDS.22"],
    reason: "An unnoticed failover is a missed warning",
    fix: "Add an aws_db_event_subscription for each of db-cluster, db-instance, db-parameter-group and db-security-group",
    check: each(["aws_rds_cluster"], (_cluster, synthesised) => {
      const published = synthesised
        .of("aws_db_event_subscription")
        .flatMap((found) => found.texts("source_type"));
      const missing = sources.filter((source) => !published.includes(source));
      return missing.length === 0 ? undefined : `events of ${missing.join(", ")} are not published`;
    }),
  },
});

const sources = ["db-cluster", "db-instance", "db-parameter-group", "db-security-group"];
