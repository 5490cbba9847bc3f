import { each } from "../../checks";
import { parameters } from "../../database-parameters";
import type { Rule } from "../../rule";

export const databaseTls: Rule = {
  id: "database-tls",
  title: "Databases refuse connections without TLS",
  publicIds: [],
  reason: "Passwords and data would cross the network readable",
  fix: "Set rds.force_ssl to 1 in the parameter group",
  check: each(["aws_rds_cluster"], (cluster, document) =>
    parameters(document, cluster).get("rds.force_ssl") === "1"
      ? undefined
      : "it accepts connections without TLS",
  ),
};
