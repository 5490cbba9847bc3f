import type { Cases } from "../case";

export const auroraCases = {
  "database-encrypted": {
    passing: { aws_rds_cluster: { cluster: { storage_encrypted: true, kms_key_id: "key" } } },
    violating: { aws_rds_cluster: { cluster: { storage_encrypted: true } } },
  },
  "database-password": {
    passing: {
      aws_rds_cluster: {
        cluster: { manage_master_user_password: true, master_user_secret_kms_key_id: "key" },
      },
    },
    violating: { aws_rds_cluster: { cluster: { master_password: "hunter2" } } },
  },
  "database-administrator": {
    passing: { aws_rds_cluster: { cluster: { master_username: "orchestrator" } } },
    violating: { aws_rds_cluster: { cluster: { master_username: "postgres" } } },
  },
  "database-iam-authentication": {
    passing: { aws_rds_cluster: { cluster: { iam_database_authentication_enabled: true } } },
    violating: { aws_rds_cluster: { cluster: {} } },
  },
  "database-deletion-protection": {
    passing: { aws_rds_cluster: { cluster: { deletion_protection: true, skip_final_snapshot: false } } },
    violating: { aws_rds_cluster: { cluster: { deletion_protection: false, skip_final_snapshot: false } } },
  },
  "database-backup-retention": {
    passing: { aws_rds_cluster: { cluster: { backup_retention_period: 7 } } },
    violating: { aws_rds_cluster: { cluster: { backup_retention_period: 3 } } },
  },
  "database-snapshot-tags": {
    passing: { aws_rds_cluster: { cluster: { copy_tags_to_snapshot: true } } },
    violating: { aws_rds_cluster: { cluster: {} } },
  },
  "database-private": {
    passing: { aws_rds_cluster_instance: { first: { publicly_accessible: false } } },
    violating: { aws_rds_cluster_instance: { first: { publicly_accessible: true } } },
  },
  "database-zones": {
    passing: {
      aws_rds_cluster: { cluster: {} },
      aws_rds_cluster_instance: {
        a: { cluster_identifier: "${aws_rds_cluster.cluster.id}", availability_zone: "us-west-2a" },
        b: { cluster_identifier: "${aws_rds_cluster.cluster.id}", availability_zone: "us-west-2b" },
      },
    },
    violating: {
      aws_rds_cluster: { cluster: {} },
      aws_rds_cluster_instance: {
        a: { cluster_identifier: "${aws_rds_cluster.cluster.id}", availability_zone: "us-west-2a" },
        b: { cluster_identifier: "${aws_rds_cluster.cluster.id}", availability_zone: "us-west-2a" },
      },
    },
  },
  "database-logs": {
    passing: { aws_rds_cluster: { cluster: { enabled_cloudwatch_logs_exports: ["postgresql"] } } },
    violating: { aws_rds_cluster: { cluster: {} } },
  },
  "database-query-log": {
    passing: {
      aws_rds_cluster: {
        cluster: { db_cluster_parameter_group_name: "${aws_rds_cluster_parameter_group.own.name}" },
      },
      aws_rds_cluster_parameter_group: {
        own: {
          name: "own",
          parameter: [
            { name: "log_statement", value: "ddl" },
            { name: "log_min_duration_statement", value: "1000" },
          ],
        },
      },
    },
    violating: { aws_rds_cluster: { cluster: {} } },
  },
  "database-tls": {
    passing: {
      aws_rds_cluster: {
        cluster: { db_cluster_parameter_group_name: "${aws_rds_cluster_parameter_group.own.name}" },
      },
      aws_rds_cluster_parameter_group: { own: { parameter: [{ name: "rds.force_ssl", value: "1" }] } },
    },
    violating: {
      aws_rds_cluster: {
        cluster: { db_cluster_parameter_group_name: "${aws_rds_cluster_parameter_group.own.name}" },
      },
      aws_rds_cluster_parameter_group: { own: { parameter: [{ name: "rds.force_ssl", value: "0" }] } },
    },
  },
  "database-insights": {
    passing: {
      aws_rds_cluster_instance: {
        first: { performance_insights_enabled: true, performance_insights_kms_key_id: "key" },
      },
    },
    violating: { aws_rds_cluster_instance: { first: { performance_insights_enabled: true } } },
  },
  "database-monitoring": {
    passing: {
      aws_rds_cluster_instance: { first: { monitoring_interval: 60, monitoring_role_arn: "role" } },
    },
    violating: { aws_rds_cluster_instance: { first: { monitoring_interval: 0 } } },
  },
  "database-upgrades": {
    passing: { aws_rds_cluster_instance: { first: { auto_minor_version_upgrade: true } } },
    violating: { aws_rds_cluster_instance: { first: { auto_minor_version_upgrade: false } } },
  },
  "database-version": {
    passing: { aws_rds_cluster: { cluster: { engine_version: "16.8" } } },
    violating: { aws_rds_cluster: { cluster: { engine_version: "16" } } },
  },
  "database-log-extension": {
    passing: { aws_rds_cluster: { cluster: { engine_version: "16.8" } } },
    violating: { aws_rds_cluster: { cluster: { engine_version: "11.8" } } },
  },
  "database-backup-plan": {
    passing: {
      aws_rds_cluster: { cluster: {} },
      aws_backup_selection: { data: { resources: ["${aws_rds_cluster.cluster.arn}"] } },
    },
    violating: {
      aws_rds_cluster: { cluster: {} },
      aws_backup_selection: { data: { selection_tag: [{ key: "backup" }] } },
    },
  },
  "database-events": {
    passing: {
      aws_rds_cluster: { cluster: {} },
      aws_db_event_subscription: Object.fromEntries(
        ["db-cluster", "db-instance", "db-parameter-group", "db-security-group"].map((source) => [
          source,
          { source_type: source, sns_topic: "topic" },
        ]),
      ),
    },
    violating: {
      aws_rds_cluster: { cluster: {} },
      aws_db_event_subscription: { cluster: { source_type: "db-cluster" } },
    },
  },
  "database-port": {
    passing: { aws_rds_cluster: { cluster: { port: 6432 } } },
    violating: { aws_rds_cluster: { cluster: { port: 5432 } } },
  },
} satisfies Cases;
