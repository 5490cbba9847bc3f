import { each, mustBe, mustHaveCompanion } from "../../checks";
import { rules } from "../../rule";

/** Rules about a database's data: encrypted, backed up and available. */
export const databaseStorageRules = rules({
  "database-encrypted": {
    title: "Databases are encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_96", "CKV_AWS_327", "AWS-0079", "RDS.27"],
    reason: "Snapshots are copied and shared; without the key they are worth nothing",
    fix: "Set storage_encrypted and kms_key_id",
    check: each(["aws_rds_cluster"], (cluster) =>
      cluster.is("storage_encrypted", true) && cluster.has("kms_key_id")
        ? undefined
        : "it is not encrypted with a key of ours",
    ),
  },
  "database-deletion-protection": {
    title: "Databases cannot be deleted by mistake, and leave a snapshot behind",
    publicIds: ["CKV_AWS_139", "AWS-0343", "RDS.7"],
    reason: "Nothing else in an environment is as hard to bring back",
    fix: "Set deletion_protection to true and skip_final_snapshot to false",
    check: each(["aws_rds_cluster"], (cluster) =>
      cluster.is("deletion_protection", true) && cluster.is("skip_final_snapshot", false)
        ? undefined
        : "it can be deleted, or leaves no snapshot",
    ),
  },
  "database-backup-retention": {
    title: "Every database can be restored to any second of the last week or longer",
    publicIds: ["CKV_AWS_133", "AWS-0077", "RDS.11"],
    reason: "Damage to data is often seen days later",
    fix: "Set backup_retention_period to 7 or more",
    check: each(["aws_rds_cluster"], (cluster) => {
      const days = Number(cluster.texts("backup_retention_period")[0] ?? 1);
      return days >= 7 ? undefined : `it can be restored for ${days} days only`;
    }),
  },
  "database-snapshot-tags": {
    title: "Snapshots of databases carry their tags",
    publicIds: ["CKV_AWS_313", "RDS.16"],
    reason: "A snapshot that nobody can attribute is kept and paid for for ever",
    fix: "Set copy_tags_to_snapshot to true",
    check: mustBe("aws_rds_cluster", "copy_tags_to_snapshot", true),
  },
  "database-zones": {
    title: "Every database has instances in several zones",
    publicIds: ["RDS.15"],
    reason: "With one instance, the loss of its zone stops the orchestrator for ten minutes or longer",
    fix: "Set layers.aurora.instances to 2 or more",
    check: each(["aws_rds_cluster"], (cluster, synthesised) => {
      const instances = synthesised.referring(cluster, "aws_rds_cluster_instance", "cluster_identifier");
      const zones = new Set(instances.flatMap((instance) => instance.texts("availability_zone")));
      return zones.size > 1 ? undefined : "its instances are in one zone";
    }),
  },
  "database-upgrades": {
    title: "Databases take minor upgrades by themselves",
    publicIds: ["CKV_AWS_226", "RDS.13", "RDS.35"],
    reason: "Minor versions are mostly security fixes",
    fix: "Set auto_minor_version_upgrade to true",
    check: mustBe("aws_rds_cluster_instance", "auto_minor_version_upgrade", true),
  },
  "database-backup-plan": {
    title: "AWS Backup covers every database, by its ARN",
    publicIds: ["CKV2_AWS_8"],
    reason:
      "Snapshots of RDS go with the cluster; those in a locked vault stay. A selection by tag ends with the tag",
    fix: "Name the cluster's ARN in resources of an aws_backup_selection",
    check: mustHaveCompanion("aws_rds_cluster", {
      by: "aws_backup_selection",
      through: "resources",
      without: "no backup plan names it",
    }),
  },
});
