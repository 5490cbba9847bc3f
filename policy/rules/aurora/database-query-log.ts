import { each } from "../../checks";
import { parameters } from "../../database-parameters";
import type { Rule } from "../../rule";

export const databaseQueryLog: Rule = {
  id: "database-query-log",
  title: "Databases log changes of their schema and slow statements",
  publicIds: ["CKV2_AWS_27"],
  reason: "Nobody can explain a slow or changed database from the outside",
  fix: "Set log_statement and log_min_duration_statement in the parameter group",
  check: each(["aws_rds_cluster"], (cluster, document) => {
    const values = parameters(document, cluster);
    const logsStatements = ["ddl", "mod", "all"].includes(values.get("log_statement") ?? "none");
    return logsStatements && Number(values.get("log_min_duration_statement") ?? -1) >= 0
      ? undefined
      : "it logs neither schema changes nor slow statements, or one of them only";
  }),
};
