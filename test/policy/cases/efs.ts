import type { Cases } from "../case";
import { fileSystemWith, publicAndPrivateSubnet } from "../resources";

export const efsCases = {
  "file-system-encrypted": {
    passing: { aws_efs_file_system: { files: { encrypted: true, kms_key_id: "key" } } },
    violating: { aws_efs_file_system: { files: { encrypted: true } } },
  },
  "file-system-access": {
    passing: fileSystemWith({
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "elasticfilesystem:ClientMount",
      Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
    }),
    violating: fileSystemWith({
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "elasticfilesystem:Client*",
      Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
    }),
  },
  "file-system-automatic-backup": {
    passing: {
      aws_efs_file_system: { files: {} },
      aws_efs_backup_policy: {
        files: { file_system_id: "${aws_efs_file_system.files.id}", backup_policy: { status: "DISABLED" } },
      },
    },
    violating: {
      aws_efs_file_system: { files: {} },
      aws_efs_backup_policy: {
        files: { file_system_id: "${aws_efs_file_system.files.id}", backup_policy: { status: "ENABLED" } },
      },
    },
  },
  "file-system-backup-plan": {
    passing: {
      aws_efs_file_system: { files: {} },
      aws_backup_selection: { data: { resources: ["${aws_efs_file_system.files.arn}"] } },
    },
    violating: { aws_efs_file_system: { files: {} } },
  },
  "access-point-folder": {
    passing: { aws_efs_access_point: { registry: { root_directory: { path: "/registry" } } } },
    violating: { aws_efs_access_point: { registry: { root_directory: { path: "/" } } } },
  },
  "access-point-user": {
    passing: { aws_efs_access_point: { registry: { posix_user: { uid: 1000, gid: 1000 } } } },
    violating: { aws_efs_access_point: { registry: {} } },
  },
  "mount-target-subnets": {
    passing: {
      ...publicAndPrivateSubnet,
      aws_efs_mount_target: { a: { subnet_id: "${aws_subnet.private.id}" } },
    },
    violating: {
      ...publicAndPrivateSubnet,
      aws_efs_mount_target: { a: { subnet_id: "${aws_subnet.public.id}" } },
    },
  },
} satisfies Cases;
