import { each } from "../../checks";
import type { Rule } from "../../rule";

export const databaseEvents: Rule = {
  id: "database-events",
  title: "Somebody hears of failures, maintenance and changed parameters of databases",
  publicIds: ["RDS.19", "RDS.20", "RDS.21", "RDS.22"],
  reason: "A failover that nobody hears of is a warning lost",
  fix: "Add an aws_db_event_subscription for each of db-cluster, db-instance, db-parameter-group and db-security-group",
  check: each(["aws_rds_cluster"], (_cluster, document) => {
    const heard = document.of("aws_db_event_subscription").flatMap((found) => found.texts("source_type"));
    const missing = sources.filter((source) => !heard.includes(source));
    return missing.length === 0 ? undefined : `nobody hears of events of ${missing.join(", ")}`;
  }),
};

const sources = ["db-cluster", "db-instance", "db-parameter-group", "db-security-group"];
