import type { Rule } from "../../rule";
import { accessPointFolder } from "./access-point-folder";
import { accessPointUser } from "./access-point-user";
import { fileSystemAccess } from "./file-system-access";
import { fileSystemAutomaticBackup } from "./file-system-automatic-backup";
import { fileSystemBackupPlan } from "./file-system-backup-plan";
import { fileSystemEncrypted } from "./file-system-encrypted";
import { mountTargetSubnets } from "./mount-target-subnets";

/** Rules about file systems. */
export const efsRules: readonly Rule[] = [
  fileSystemEncrypted,
  fileSystemAccess,
  fileSystemAutomaticBackup,
  fileSystemBackupPlan,
  accessPointFolder,
  accessPointUser,
  mountTargetSubnets,
];
