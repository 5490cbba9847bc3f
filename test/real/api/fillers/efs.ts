import { notThere, ok } from "./answers";
import { type Filler, textOf } from "./filler";
import { Shelf } from "./shelf";

/** EFS's backup policies and protections. */
export function efs(): Filler {
  const backups = new Shelf<unknown>(notThere("PolicyNotFound"));
  const protections = new Shelf<string>();
  return {
    service: "efs",
    types: ["aws_efs_backup_policy"],
    reasons: {
      DescribeBackupPolicy: "moto has no PutBackupPolicy",
      DescribeFileSystems: "moto has no UpdateFileSystemProtection",
    },
    answers: {
      PutBackupPolicy(asked) {
        const BackupPolicy = backups.put(asked.text("FileSystemId"), asked.part("BackupPolicy"));
        return ok({ BackupPolicy });
      },
      DescribeBackupPolicy: (asked) =>
        backups.answer(asked.text("FileSystemId"), (BackupPolicy) => ({ BackupPolicy })),
      UpdateFileSystemProtection(asked) {
        const protection = textOf(asked.params, "ReplicationOverwriteProtection");
        protections.put(asked.text("FileSystemId"), protection);
        return ok({ ReplicationOverwriteProtection: protection });
      },
      DeleteFileSystemPolicy: () => ok(),
    },
    corrects: {
      DescribeFileSystems(body) {
        // EFS's own answer.
        const answer = JSON.parse(body) as {
          readonly FileSystems?: readonly { readonly FileSystemId: string }[];
        };
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
