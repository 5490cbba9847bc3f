import { mustBe } from "../../checks";
import type { Rule } from "../../rule";

export const databaseUpgrades: Rule = {
  id: "database-upgrades",
  title: "Databases take minor upgrades by themselves",
  publicIds: ["CKV_AWS_226", "RDS.13", "RDS.35"],
  reason: "Minor versions are mostly security fixes",
  fix: "Set auto_minor_version_upgrade to true",
  check: mustBe("aws_rds_cluster_instance", "auto_minor_version_upgrade", true),
};
