import { mustBe } from "../../checks";
import type { Rule } from "../../rule";

export const databasePrivate: Rule = {
  id: "database-private",
  title: "No database has a public address",
  publicIds: ["CKV_AWS_17", "AWS-0180", "RDS.2"],
  reason: "A database is for the programs beside it",
  fix: "Set publicly_accessible to false",
  check: mustBe("aws_rds_cluster_instance", "publicly_accessible", false),
};
