import { each } from "../../checks";
import type { Rule } from "../../rule";

export const databasePassword: Rule = {
  id: "database-password",
  title: "RDS makes, keeps and rotates the password of every database's administrator",
  publicIds: [],
  reason: "A password that Terraform knows is in its state, for everyone who reads that",
  fix: "Set manage_master_user_password and master_user_secret_kms_key_id, and remove master_password",
  check: each(["aws_rds_cluster"], (cluster) => {
    if (cluster.has("master_password")) return "Terraform knows its password";
    return cluster.is("manage_master_user_password", true) && cluster.has("master_user_secret_kms_key_id")
      ? undefined
      : "RDS does not manage its password, or not under a key of ours";
  }),
};
