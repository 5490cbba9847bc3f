import { each } from "../../checks";
import type { Rule } from "../../rule";

export const databaseDeletionProtection: Rule = {
  id: "database-deletion-protection",
  title: "Databases cannot be deleted by mistake, and leave a snapshot behind",
  publicIds: ["CKV_AWS_139", "AWS-0343", "RDS.7"],
  reason: "Nothing else in an environment is as hard to bring back",
  fix: "Set deletion_protection to true and skip_final_snapshot to false",
  check: each(["aws_rds_cluster"], (cluster) =>
    cluster.is("deletion_protection", true) && cluster.is("skip_final_snapshot", false)
      ? undefined
      : "it can be deleted, or leaves no snapshot",
  ),
};
