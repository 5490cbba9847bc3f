import { each } from "../../checks";
import type { Rule } from "../../rule";

export const databaseAdministrator: Rule = {
  id: "database-administrator",
  title: "No database's administrator has the name that everybody guesses",
  publicIds: ["RDS.24"],
  reason: "A guessed name is half of a guessed sign-in",
  fix: "Choose another master_username",
  check: each(["aws_rds_cluster"], (cluster) =>
    cluster.has("master_username") &&
    !cluster.is("master_username", "admin", "administrator", "postgres", "root")
      ? undefined
      : "its administrator has a common name",
  ),
};
