import { each, mustHaveCompanion } from "../checks";
import { hasCustomerKey } from "../customer-key";
import { denies } from "../denials";
import { granted } from "../permissions";
import { isPublicSubnet } from "../reading";
import { rules } from "../rule";
import { policiesIn, type Statement } from "../statements";

/** Rules about file systems. */
export const efsRules = rules({
  "file-system-encrypted": {
    title: "File systems are encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_42", "CKV_AWS_184", "AWS-0037", "EFS.1", "EFS.8"],
    reason: "Encryption cannot be enabled later",
    fix: "Set encrypted and kms_key_id",
    check: each(["aws_efs_file_system"], (files) =>
      files.is("encrypted", true) && hasCustomerKey(files.given, "kms_key_id")
        ? undefined
        : "it is not encrypted with a customer-managed key",
    ),
  },
  "file-system-access": {
    title: "File systems accept clients with TLS through mount targets only, and no anonymous client as root",
    publicIds: [],
    reason: "NFS has no other access control",
    fix: "Add an aws_efs_file_system_policy that denies requests without aws:SecureTransport, allows through mount targets and grants no ClientRootAccess",
    check: each(["aws_efs_file_system"], (files, synthesised) => {
      const policy = policiesIn(synthesised, "resource").find(({ resource }) =>
        synthesised.referring(files, "aws_efs_file_system_policy", "file_system_id").includes(resource),
      );
      const statements = policy?.statements ?? [];
      const deniesPlaintext = denies(statements, {
        actions: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
        operator: "Bool",
        key: "aws:securetransport",
        value: "false",
      });
      return deniesPlaintext && statements.filter(({ allows }) => allows).every(isNarrow)
        ? undefined
        : "it accepts clients without TLS, outside mount targets, or as root";
    }),
  },
  "file-system-automatic-backup": {
    title: "No file system has automatic backups in addition to those of the backup layer",
    publicIds: [],
    reason:
      "Both are billed, and the automatic ones remain in a vault of AWS when the environment has been destroyed",
    fix: "Add an aws_efs_backup_policy with the status DISABLED",
    check: mustHaveCompanion("aws_efs_file_system", {
      by: "aws_efs_backup_policy",
      through: "file_system_id",
      where: (policy) => policy.is("backup_policy.status", "DISABLED"),
      without: "its automatic backups are not disabled",
    }),
  },
  "file-system-backup-plan": {
    title: "AWS Backup covers every file system, by its ARN",
    publicIds: ["CKV2_AWS_18", "EFS.2"],
    reason:
      "Only the vault of the backup layer is locked, copied and tested. A selection by tag ends when the tag is removed",
    fix: "Name the file system's ARN in resources of an aws_backup_selection",
    check: mustHaveCompanion("aws_efs_file_system", {
      by: "aws_backup_selection",
      through: "resources",
      without: "no backup selection names it",
    }),
  },
  "access-point-folder": {
    title: "Every access point exposes one directory",
    publicIds: ["CKV_AWS_329", "EFS.3"],
    reason: "Otherwise a client sees the files of all clients",
    fix: "Set root_directory.path to a directory, with creation_info",
    check: each(["aws_efs_access_point"], (point) =>
      point.has("root_directory.path") && !point.is("root_directory.path", "/")
        ? undefined
        : "it exposes the whole file system",
    ),
  },
  "access-point-user": {
    title: "Every access point enforces a POSIX user",
    publicIds: ["CKV_AWS_330", "EFS.4"],
    reason: "Otherwise a client chooses the user that it writes as, root included",
    fix: "Set posix_user",
    check: each(["aws_efs_access_point"], (point) =>
      point.has("posix_user.uid") && point.has("posix_user.gid") ? undefined : "it enforces no POSIX user",
    ),
  },
  "mount-target-subnets": {
    title: "Mount targets are in private subnets",
    publicIds: ["EFS.6"],
    reason: "Only nodes in private subnets use the file system",
    fix: "Set subnet_id to a private subnet",
    check: each(["aws_efs_mount_target"], (target, synthesised) =>
      synthesised.targets(target, "subnet_id").some((subnet) => isPublicSubnet(synthesised, subnet))
        ? "it is in a public subnet"
        : undefined,
    ),
  },
});

function isNarrow(statement: Statement): boolean {
  const isForEveryone = statement.principals.includes("*");
  const throughMountTarget = statement.narrowingKeys.includes("elasticfilesystem:accessedviamounttarget");
  return (
    !isForEveryone ||
    (throughMountTarget && granted(statement, ["elasticfilesystem:ClientRootAccess"]).length === 0)
  );
}
