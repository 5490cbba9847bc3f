import { each } from "../../checks";
import type { Rule } from "../../rule";

export const databaseBackupRetention: Rule = {
  id: "database-backup-retention",
  title: "Every database can be restored to any second of the last week or longer",
  publicIds: ["CKV_AWS_133", "AWS-0077", "RDS.11"],
  reason: "Damage to data is often seen days later",
  fix: "Set backup_retention_period to 7 or more",
  check: each(["aws_rds_cluster"], (cluster) => {
    const days = Number(cluster.texts("backup_retention_period")[0] ?? 1);
    return days >= 7 ? undefined : `it can be restored for ${days} days only`;
  }),
};
