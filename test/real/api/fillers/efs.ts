import { type Filler, found, notThere, ok } from "./filler";

/** EFS's backup policies and protections. */
export function efs(): Filler {
  const backups = new Map<string, string>();
  const protections = new Map<string, string>();
  return {
    service: "efs",
    types: ["aws_efs_backup_policy"],
    held: () => [],
    reasons: {
      DescribeBackupPolicy: "moto has no PutBackupPolicy",
      DescribeFileSystems: "moto has no UpdateFileSystemProtection",
    },
    answers: {
      PutBackupPolicy({ params }) {
        backups.set(params.FileSystemId, params.BackupPolicy.Status);
        return ok({ BackupPolicy: params.BackupPolicy });
      },
      DescribeBackupPolicy({ params }) {
        const status = backups.get(params.FileSystemId);
        return found(status, (Status) => ({ BackupPolicy: { Status } }), notThere("PolicyNotFound"));
      },
      UpdateFileSystemProtection({ params }) {
        const { FileSystemId, ReplicationOverwriteProtection } = params;
        protections.set(FileSystemId, ReplicationOverwriteProtection);
        return ok({ ReplicationOverwriteProtection });
      },
      DeleteFileSystemPolicy: () => ok(),
    },
    corrects: {
      DescribeFileSystems(body) {
        // EFS's own answer.
        const answer = JSON.parse(body) as { readonly FileSystems?: readonly { FileSystemId: string }[] };
        const systems = answer.FileSystems?.map((system) => {
          const protection = protections.get(system.FileSystemId);
          if (protection === undefined) return system;
          return { ...system, FileSystemProtection: { ReplicationOverwriteProtection: protection } };
        });
        return JSON.stringify({ ...answer, FileSystems: systems });
      },
    },
  };
}
