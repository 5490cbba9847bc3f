import { allPages, awsCall } from "../../lib/layer/aws-call";
import type { Environment } from "../../lib/layer/environment-schema";
import { type Dependents, dependents, type Retained } from "../../lib/layer/retained";
import type { DataClass } from "./data-classes";
import { keyAddress } from "./keys";

/**
 * The keys of what can outlive the environment. A key that is scheduled for deletion cannot be used any more, and what
 * it encrypts is lost with it: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
 */
export function retainedKeys({ region }: Environment): readonly Retained[] {
  const key = (dataClass: DataClass, purpose: string, dependentsOf: Retained["dependents"]): Retained => ({
    address: keyAddress(dataClass),
    what: `The key for ${purpose}, about 1 USD a month`,
    dependents: dependentsOf,
    removal: (arn) => `aws kms schedule-key-deletion --region ${region} --key-id ${arn}`,
  });
  return [
    key("data", "data", under("data", databases, databaseSnapshots, backedUpDatabases, fileSystems)),
    // Vault stores its data in the database, and cannot be recovered without the key of its seal, not even from a
    // backup: https://developer.hashicorp.com/vault/docs/concepts/seal
    key("vault", "unsealing Vault", under("data", databases, databaseSnapshots, backedUpDatabases)),
    key("eks", "disks", under("eks", volumes, volumeSnapshots)),
  ];
}

type Search = (keyArn: string) => Dependents;

function under(dataClass: DataClass, ...searches: readonly Search[]): Retained["dependents"] {
  return (arns) => {
    const arn = arns[keyAddress(dataClass)];
    return arn === undefined ? [] : searches.map((search) => search(arn));
  };
}

/** What is encrypted with the key and stays, by name. */
function namesOf<Item extends { readonly KmsKeyId?: string | undefined }>(
  items: readonly Item[] | undefined,
  keyArn: string,
  name: (item: Item) => string | undefined,
): readonly string[] {
  return (items ?? []).filter(({ KmsKeyId }) => KmsKeyId === keyArn).flatMap((item) => name(item) ?? []);
}

/** Databases that were restored from a backup. */
const databases: Search = (keyArn) =>
  dependents({
    about: "restored databases",
    call: allPages(awsCall("rds", "DescribeDBClusters", {}), "DBClusters"),
    actions: ["rds:DescribeDBClusters"],
    found: ({ DBClusters }) =>
      namesOf(DBClusters, keyArn, ({ DBClusterIdentifier = "", Status }) =>
        Status === "deleting" ? undefined : `database "${DBClusterIdentifier}"`,
      ),
  });

/** A snapshot keeps the key of its cluster, the final one too: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html */
const snapshotsOf =
  (SnapshotType: "manual" | "awsbackup"): Search =>
  (keyArn) =>
    dependents({
      about: "snapshots of databases",
      call: allPages(awsCall("rds", "DescribeDBClusterSnapshots", { SnapshotType }), "DBClusterSnapshots"),
      actions: ["rds:DescribeDBClusterSnapshots"],
      found: ({ DBClusterSnapshots }) =>
        namesOf(
          DBClusterSnapshots,
          keyArn,
          ({ DBClusterSnapshotIdentifier: id = "" }) => `database snapshot "${id}"`,
        ),
    });

const databaseSnapshots = snapshotsOf("manual");

/** Recovery points of Aurora have its key, not that of the vault: https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html */
const backedUpDatabases = snapshotsOf("awsbackup");

/** File systems that were restored from a backup. */
const fileSystems: Search = (keyArn) =>
  dependents({
    about: "restored file systems",
    call: allPages(awsCall("efs", "DescribeFileSystems", {}), "FileSystems"),
    actions: ["elasticfilesystem:DescribeFileSystems"],
    found: ({ FileSystems }) =>
      namesOf(FileSystems, keyArn, ({ FileSystemId = "", LifeCycleState }) =>
        LifeCycleState === "deleting" ? undefined : `file system "${FileSystemId}"`,
      ),
  });

const encrypted = [{ Name: "encrypted", Values: ["true"] }];

const volumes: Search = (keyArn) =>
  dependents({
    about: "volumes",
    call: allPages(awsCall("ec2", "DescribeVolumes", { Filters: encrypted }), "Volumes"),
    actions: ["ec2:DescribeVolumes"],
    found: ({ Volumes }) =>
      namesOf(Volumes, keyArn, ({ VolumeId = "", State }) =>
        State === "deleting" ? undefined : `volume "${VolumeId}"`,
      ),
  });

const volumeSnapshots: Search = (keyArn) =>
  dependents({
    about: "snapshots of volumes",
    call: allPages(
      awsCall("ec2", "DescribeSnapshots", { OwnerIds: ["self"], Filters: encrypted }),
      "Snapshots",
    ),
    actions: ["ec2:DescribeSnapshots"],
    found: ({ Snapshots }) =>
      namesOf(Snapshots, keyArn, ({ SnapshotId = "" }) => `volume snapshot "${SnapshotId}"`),
  });
