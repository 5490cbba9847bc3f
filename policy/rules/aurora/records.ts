import { each } from "../../checks";
import { databaseParameters } from "../../reading";
import { rules } from "../../rule";

/** Rules about what a database logs and reports. */
export const databaseRecordRules = rules({
  "database-logs": {
    title: "Databases send their log to CloudWatch",
    publicIds: ["CKV_AWS_324", "RDS.37"],
    reason: "The log on an instance goes with the instance",
    fix: 'List "postgresql" in enabled_cloudwatch_logs_exports',
    check: each(["aws_rds_cluster"], (cluster) =>
      cluster.texts("enabled_cloudwatch_logs_exports").includes("postgresql")
        ? undefined
        : "its log stays on its instances",
    ),
  },
  "database-query-log": {
    title: "Databases log changes of their schema and slow statements",
    publicIds: ["CKV2_AWS_27"],
    reason: "Nobody can explain a slow or changed database from the outside",
    fix: "Set log_statement and log_min_duration_statement in the parameter group",
    check: each(["aws_rds_cluster"], (cluster, synthesised) => {
      const values = databaseParameters(synthesised, cluster);
      const logsStatements = ["ddl", "mod", "all"].includes(values.get("log_statement") ?? "none");
      return logsStatements && Number(values.get("log_min_duration_statement") ?? -1) >= 0
        ? undefined
        : "it logs neither schema changes nor slow statements, or one of them only";
    }),
  },
  "database-insights": {
    title: "Databases keep record of their load, encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_353", "CKV_AWS_354", "AWS-0078", "AWS-0133"],
    reason: "The record shows which statement is slow; statements contain data",
    fix: "Set performance_insights_enabled and performance_insights_kms_key_id",
    check: each(["aws_rds_cluster_instance"], (instance) =>
      instance.is("performance_insights_enabled", true) && instance.has("performance_insights_kms_key_id")
        ? undefined
        : "its load is not recorded under a key of ours",
    ),
  },
  "database-monitoring": {
    title: "Databases report the state of their machines every minute or more often",
    publicIds: ["CKV_AWS_118", "RDS.6"],
    reason: "Memory and disks of an instance are seen no other way",
    fix: "Set monitoring_interval to 60 and monitoring_role_arn",
    check: each(["aws_rds_cluster_instance"], (instance) =>
      instance.is("monitoring_interval", 1, 5, 10, 15, 30, 60) && instance.has("monitoring_role_arn")
        ? undefined
        : "its machine is not monitored",
    ),
  },
  "database-events": {
    title: "Somebody hears of failures, maintenance and changed parameters of databases",
    publicIds: ["RDS.19", "RDS.20", "RDS.21", "RDS.22"],
    reason: "A failover that nobody hears of is a warning lost",
    fix: "Add an aws_db_event_subscription for each of db-cluster, db-instance, db-parameter-group and db-security-group",
    check: each(["aws_rds_cluster"], (_cluster, synthesised) => {
      const heard = synthesised
        .of("aws_db_event_subscription")
        .flatMap((found) => found.texts("source_type"));
      const missing = sources.filter((source) => !heard.includes(source));
      return missing.length === 0 ? undefined : `nobody hears of events of ${missing.join(", ")}`;
    }),
  },
});

const sources = ["db-cluster", "db-instance", "db-parameter-group", "db-security-group"];
