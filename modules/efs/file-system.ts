import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { policyDocument } from "../../lib/constructs/iam-policy";
import type { LayerStack } from "../../lib/layer/stack";
import type { Settings } from "./settings";

/** Adds the file system with its policy ; the backup layer backs it up. */
export function addFileSystem(stack: LayerStack, settings: Settings, keyArn: string): EfsFileSystem {
  const fileSystem = new EfsFileSystem(stack, "file-system", {
    // AWS rejects a second creation with the same token, so an interrupted run cannot create a duplicate.
    creationToken: stack.named("efsCreationToken", "efs"),
    encrypted: true,
    kmsKeyId: keyArn,
    throughputMode: settings.throughputMode,
    lifecyclePolicy: [
      { transitionToIa: transition(settings.transitionToInfrequentAccessDays) },
      { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
    ],
    protection: { replicationOverwrite: "ENABLED" },
    tags: { Name: stack.named("efsCreationToken", "efs") },
  });
  new EfsFileSystemPolicy(stack, "file-system-policy", {
    fileSystemId: fileSystem.id,
    policy: accessPolicy(fileSystem.arn),
  });
  // Automatic backups would be a second copy of the backup layer's, in a vault that a destroy does not delete.
  // https://docs.aws.amazon.com/efs/latest/ug/automatic-backups.html
  new EfsBackupPolicy(stack, "file-system-backup", {
    fileSystemId: fileSystem.id,
    backupPolicy: { status: "DISABLED" },
  });
  return fileSystem;
}

function transition(days: number): string {
  return days === 1 ? "AFTER_1_DAY" : `AFTER_${days}_DAYS`;
}

/** Allows clients of mount targets to read and write, with TLS and without root access, and nothing else. */
function accessPolicy(fileSystemArn: string): string {
  return policyDocument([
    {
      Sid: "ThroughMountTargets",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
      Resource: fileSystemArn,
      Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
    },
    {
      Sid: "EncryptedInTransitOnly",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "*",
      Resource: fileSystemArn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
}
