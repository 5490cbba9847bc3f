import { each } from "../../checks";
import type { Rule } from "../../rule";

export const databasePort: Rule = {
  id: "database-port",
  title: "Databases do not listen on the port that everybody knows",
  publicIds: ["RDS.23"],
  reason: "It slows down who scans a network for databases",
  fix: "Set another port, or record an exception",
  check: each(["aws_rds_cluster"], (cluster) =>
    cluster.has("port") && !cluster.is("port", 3306, 5432) ? undefined : "it listens on the default port",
  ),
};
