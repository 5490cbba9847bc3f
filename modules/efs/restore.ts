import { awsCall } from "../../lib/layer/aws-call";
import { type Restorable, type RestoreStep, restoreStep } from "../../lib/layer/restore";

/** The file system whose backups are restored, and what its copy gets. */
export interface OriginalFileSystem {
  readonly fileSystemId: string;
  readonly fileSystemArn: string;
  readonly securityGroupId: string;
  readonly subnetIds: readonly string[];
  readonly dataKeyArn: string;
}

/** The file system, restored to a new one with mount targets in the same subnets. */
export function restorableFileSystem(original: OriginalFileSystem, creationToken: string): Restorable {
  return {
    noun: "file system",
    resourceType: "EFS",
    arn: original.fileSystemArn,
    target: `a new file system with creation token "${creationToken}"`,
    metadata: () => ({
      "file-system-id": original.fileSystemId,
      newFileSystem: "true",
      CreationToken: creationToken,
      Encrypted: "true",
      KmsKeyId: original.dataKeyArn,
      PerformanceMode: "generalPurpose",
    }),
    finish: (createdArn) => mountTargetSteps(original, createdArn.split("/").at(-1) ?? ""),
  };
}

function mountTargetSteps(
  { subnetIds, securityGroupId }: OriginalFileSystem,
  fileSystemId: string,
): readonly RestoreStep[] {
  return subnetIds.map((subnetId, index) =>
    restoreStep({
      doing: `create a mount target of the restored file system in "${subnetId}"`,
      call: awsCall("efs", "CreateMountTarget", {
        FileSystemId: fileSystemId,
        SubnetId: subnetId,
        SecurityGroups: [securityGroupId],
      }),
      ...(index === subnetIds.length - 1 ? { note: () => usable(fileSystemId) } : {}),
    }),
  );
}

const usable = (id: string) =>
  `Nodes can mount ${id} in about a minute; its files are below aws-backup-restore_<time>`;
