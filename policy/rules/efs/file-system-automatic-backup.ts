import { mustHaveCompanion } from "../../checks";
import type { Rule } from "../../rule";

export const fileSystemAutomaticBackup: Rule = {
  id: "file-system-automatic-backup",
  title: "Every file system is backed up from its first day",
  publicIds: ["EFS.7"],
  reason: "It holds until a backup plan covers it, and if that plan loses it",
  fix: "Add an aws_efs_backup_policy with the status ENABLED",
  check: mustHaveCompanion("aws_efs_file_system", {
    by: "aws_efs_backup_policy",
    through: "file_system_id",
    where: (policy) => policy.is("backup_policy.status", "ENABLED"),
    without: "it is not backed up by itself",
  }),
};
