import { each, mustBe, mustHaveCompanion } from "../../checks";
import { hasCustomerKey } from "../../customer-key";
import { rules } from "../../rule";

/** Rules about a database's data: encrypted, backed up and available. */
export const databaseStorageRules = rules({
  "database-encrypted": {
    title: "Databases are encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_96", "CKV_AWS_327", "AWS-0079", "RDS.27"],
    reason: "A copied or shared snapshot cannot be read without the key",
    fix: "Set storage_encrypted and kms_key_id",
    check: each(["aws_rds_cluster"], (cluster) =>
      cluster.is("storage_encrypted", true) && hasCustomerKey(cluster.given, "kms_key_id")
        ? undefined
        : "it is not encrypted with a customer-managed key",
    ),
  },
  "database-deletion-protection": {
    title: "Databases have deletion protection and a final snapshot",
    publicIds: ["CKV_AWS_139", "AWS-0343", "RDS.7"],
    reason: "Nothing else in an environment is as hard to restore",
    fix: "Set deletion_protection to true and skip_final_snapshot to false",
    check: each(["aws_rds_cluster"], (cluster) =>
      cluster.is("deletion_protection", true) && cluster.is("skip_final_snapshot", false)
        ? undefined
        : "its deletion protection or its final snapshot is disabled",
    ),
  },
  "database-backup-retention": {
    title: "Every database can be restored to any point in time of at least the last 7 days",
    publicIds: ["CKV_AWS_133", "AWS-0077", "RDS.11"],
    reason: "Damage to data is often noticed days later",
    fix: "Set backup_retention_period to 7 or more",
    check: each(["aws_rds_cluster"], (cluster) => {
      const days = Number(cluster.texts("backup_retention_period")[0] ?? 1);
      return days >= 7 ? undefined : `its backups are retained for ${days} days only`;
    }),
  },
  "database-snapshot-tags": {
    title: "Tags of databases are copied to snapshots",
    publicIds: ["CKV_AWS_313", "RDS.16"],
    reason: "A snapshot without a known owner is kept and paid for indefinitely",
    fix: "Set copy_tags_to_snapshot to true",
    check: mustBe("aws_rds_cluster", "copy_tags_to_snapshot", true),
  },
  "database-zones": {
    title: "Every database has instances in at least two Availability Zones",
    publicIds: ["RDS.15"],
    reason:
      "With one instance, the loss of its Availability Zone stops the orchestrator for ten minutes or longer",
    fix: "Set layers.aurora.instances to 2 or more",
    check: each(["aws_rds_cluster"], (cluster, synthesised) => {
      const instances = synthesised.referring(cluster, "aws_rds_cluster_instance", "cluster_identifier");
      const zones = new Set(instances.flatMap((instance) => instance.texts("availability_zone")));
      return zones.size > 1 ? undefined : "its instances are in one Availability Zone";
    }),
  },
  "database-upgrades": {
    title: "Minor versions of databases are upgraded automatically",
    publicIds: ["CKV_AWS_226", "RDS.13", "RDS.35"],
    reason: "Minor versions are mostly security fixes",
    fix: "Set auto_minor_version_upgrade to true",
    check: mustBe("aws_rds_cluster_instance", "auto_minor_version_upgrade", true),
  },
  "database-version": {
    title: "Databases have an exact engine version",
    publicIds: [],
    reason:
      "The provider sends a major version alone with every change, and RDS refuses it when a newer minor version runs than its default: https://github.com/hashicorp/terraform-provider-aws/issues/45026",
    fix: "Set engine_version to major.minor",
    check: each(["aws_rds_cluster"], (cluster) =>
      cluster.texts("engine_version").some((version) => /^\d+\.\d+/.test(version))
        ? undefined
        : "its engine_version has no minor version",
    ),
  },
  "database-log-extension": {
    title: "Databases have no version in which an extension discloses credentials of RDS",
    publicIds: ["CKV_AWS_250"],
    reason:
      "A user with administrative privileges could read them through log_fdw: https://aws.amazon.com/security/security-bulletins/AWS-2022-004/",
    fix: "Set engine_version to 12 or later",
    check: each(["aws_rds_cluster"], (cluster) => {
      const old = cluster.texts("engine_version").filter((version) => Number.parseInt(version, 10) < 12);
      return old.length === 0 ? undefined : `its engine_version is ${old.join()}`;
    }),
  },
  "database-backup-plan": {
    title: "AWS Backup covers every database, by its ARN",
    publicIds: ["CKV2_AWS_8"],
    reason:
      "Automated snapshots are deleted with the cluster; recovery points in a locked vault are not. A selection by tag ends when the tag is removed",
    fix: "Name the cluster's ARN in resources of an aws_backup_selection",
    check: mustHaveCompanion("aws_rds_cluster", {
      by: "aws_backup_selection",
      through: "resources",
      without: "no backup selection names it",
    }),
  },
});
