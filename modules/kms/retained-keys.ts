import { allPages, awsCall } from "../../lib/layer/aws-call";
import type { Environment } from "../../lib/layer/environment-schema";
import { type Dependents, dependents, type Retained } from "../../lib/layer/retained";
import type { DataClass } from "./data-classes";
import { keyAddress } from "./keys";

/**
 * The keys of data that can outlive the environment. A key that is scheduled for deletion cannot be used any more, and
 * what it encrypts is lost with it: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
 */
export function retainedKeys({ region }: Environment): readonly Retained[] {
  const key = (dataClass: DataClass, purpose: string, dependentsOf: Retained["dependents"]): Retained => ({
    address: keyAddress(dataClass),
    what: `The key for ${purpose}`,
    dependents: dependentsOf,
    removal: (arn) => `aws kms schedule-key-deletion --region ${region} --key-id ${arn}`,
  });
  const under = (dataClass: DataClass, found: (keyArn: string) => readonly Dependents[]) => {
    const address = keyAddress(dataClass);
    return (arns: Readonly<Record<string, string>>) =>
      arns[address] === undefined ? [] : found(arns[address]);
  };
  return [
    key(
      "data",
      "data",
      under("data", (arn) => [...databases(arn), fileSystems(arn)]),
    ),
    // Vault stores its data in the database, and cannot be recovered without the key of its seal, not even from a
    // backup: https://developer.hashicorp.com/vault/docs/concepts/seal
    key("vault", "unsealing Vault", under("data", databases)),
    key(
      "eks",
      "disks",
      under("eks", (arn) => [volumes(arn), diskSnapshots(arn)]),
    ),
  ];
}

/** A snapshot keeps the key of its cluster, the final one too, and so do recovery points of AWS Backup. */
function databases(keyArn: string): readonly Dependents[] {
  const snapshots = (more: { readonly SnapshotType?: string }) =>
    dependents({
      about: "snapshots of the database",
      call: allPages(awsCall("rds", "DescribeDBClusterSnapshots", more), "DBClusterSnapshots"),
      actions: ["rds:DescribeDBClusterSnapshots"],
      found: ({ DBClusterSnapshots = [] }) =>
        DBClusterSnapshots.filter(({ KmsKeyId }) => KmsKeyId === keyArn).map(
          ({ DBClusterSnapshotIdentifier: id = "" }) => `database snapshot "${id}"`,
        ),
    });
  const clusters = dependents({
    about: "restored databases",
    call: allPages(awsCall("rds", "DescribeDBClusters", {}), "DBClusters"),
    actions: ["rds:DescribeDBClusters"],
    found: ({ DBClusters = [] }) =>
      DBClusters.filter(({ KmsKeyId }) => KmsKeyId === keyArn).map(
        ({ DBClusterIdentifier: id = "" }) => `database "${id}"`,
      ),
  });
  return [snapshots({}), snapshots({ SnapshotType: "awsbackup" }), clusters];
}

function fileSystems(keyArn: string): Dependents {
  return dependents({
    about: "restored file systems",
    call: allPages(awsCall("efs", "DescribeFileSystems", {}), "FileSystems"),
    actions: ["elasticfilesystem:DescribeFileSystems"],
    found: ({ FileSystems = [] }) =>
      FileSystems.filter(({ KmsKeyId }) => KmsKeyId === keyArn).map(
        ({ FileSystemId: id = "" }) => `file system "${id}"`,
      ),
  });
}

const encrypted = [{ Name: "encrypted", Values: ["true"] }];

function volumes(keyArn: string): Dependents {
  return dependents({
    about: "volumes",
    call: allPages(awsCall("ec2", "DescribeVolumes", { Filters: encrypted }), "Volumes"),
    actions: ["ec2:DescribeVolumes"],
    found: ({ Volumes = [] }) =>
      Volumes.filter(({ KmsKeyId }) => KmsKeyId === keyArn).map(
        ({ VolumeId = "" }) => `volume "${VolumeId}"`,
      ),
  });
}

function diskSnapshots(keyArn: string): Dependents {
  return dependents({
    about: "snapshots of volumes",
    call: allPages(
      awsCall("ec2", "DescribeSnapshots", { OwnerIds: ["self"], Filters: encrypted }),
      "Snapshots",
    ),
    actions: ["ec2:DescribeSnapshots"],
    found: ({ Snapshots = [] }) =>
      Snapshots.filter(({ KmsKeyId }) => KmsKeyId === keyArn).map(
        ({ SnapshotId = "" }) => `volume snapshot "${SnapshotId}"`,
      ),
  });
}
