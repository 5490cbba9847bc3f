import { each } from "../../checks";
import type { Rule } from "../../rule";

export const databaseEncrypted: Rule = {
  id: "database-encrypted",
  title: "Databases are encrypted with a customer-managed key",
  publicIds: ["CKV_AWS_96", "CKV_AWS_327", "AWS-0079", "RDS.27"],
  reason: "Snapshots are copied and shared; without the key they are worth nothing",
  fix: "Set storage_encrypted and kms_key_id",
  check: each(["aws_rds_cluster"], (cluster) =>
    cluster.is("storage_encrypted", true) && cluster.has("kms_key_id")
      ? undefined
      : "it is not encrypted with a key of ours",
  ),
};
