import { mustHaveCompanion } from "../../checks";
import type { Rule } from "../../rule";

export const fileSystemBackupPlan: Rule = {
  id: "file-system-backup-plan",
  title: "AWS Backup covers every file system, by its ARN",
  publicIds: ["CKV2_AWS_18", "EFS.2"],
  reason: "Only a vault of ours is locked, copied and tested. A selection by tag ends with the tag",
  fix: "Name the file system's ARN in resources of an aws_backup_selection",
  check: mustHaveCompanion("aws_efs_file_system", {
    by: "aws_backup_selection",
    through: "resources",
    without: "no backup plan names it",
  }),
};
