import { mustHaveCompanion } from "../../checks";
import type { Rule } from "../../rule";

export const databaseBackupPlan: Rule = {
  id: "database-backup-plan",
  title: "AWS Backup covers every database, by its ARN",
  publicIds: ["CKV2_AWS_8"],
  reason:
    "Snapshots of RDS go with the cluster; those in a locked vault stay. A selection by tag ends with the tag",
  fix: "Name the cluster's ARN in resources of an aws_backup_selection",
  check: mustHaveCompanion("aws_rds_cluster", {
    by: "aws_backup_selection",
    through: "resources",
    without: "no backup plan names it",
  }),
};
