import { each } from "../../checks";
import type { Rule } from "../../rule";

export const databaseMonitoring: Rule = {
  id: "database-monitoring",
  title: "Databases report the state of their machines every minute or more often",
  publicIds: ["CKV_AWS_118", "RDS.6"],
  reason: "Memory and disks of an instance are seen no other way",
  fix: "Set monitoring_interval to 60 and monitoring_role_arn",
  check: each(["aws_rds_cluster_instance"], (instance) =>
    instance.is("monitoring_interval", 1, 5, 10, 15, 30, 60) && instance.has("monitoring_role_arn")
      ? undefined
      : "its machine is not monitored",
  ),
};
