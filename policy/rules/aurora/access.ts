import { each, mustBe } from "../../checks";
import { hasCustomerKey } from "../../customer-key";
import { databaseParameters } from "../../reading";
import { rules } from "../../rule";

/** Rules about who reaches a database, and how. */
export const databaseAccessRules = rules({
  "database-password": {
    title: "RDS manages the master password of every database",
    publicIds: [],
    reason: "Everyone who can read the state can read a password that Terraform knows",
    fix: "Set manage_master_user_password and master_user_secret_kms_key_id, and remove master_password",
    check: each(["aws_rds_cluster"], (cluster) => {
      if (cluster.has("master_password")) return "its password is in the state";
      return cluster.is("manage_master_user_password", true) &&
        hasCustomerKey(cluster.given, "master_user_secret_kms_key_id")
        ? undefined
        : "RDS does not manage its password, or not with a customer-managed key";
    }),
  },
  "database-administrator": {
    title: "No database's administrator has a default name",
    publicIds: ["RDS.24"],
    reason: "A default name makes credentials easier to guess",
    fix: "Choose another master_username",
    check: each(["aws_rds_cluster"], (cluster) =>
      cluster.has("master_username") &&
      !cluster.is("master_username", "admin", "administrator", "postgres", "root")
        ? undefined
        : "its administrator has a default name",
    ),
  },
  "database-iam-authentication": {
    title: "Databases accept IAM authentication",
    publicIds: ["CKV_AWS_162", "AWS-0176", "RDS.12"],
    reason: "A token that is valid for 15 minutes need not be stored, rotated or revoked",
    fix: "Set iam_database_authentication_enabled to true",
    check: mustBe("aws_rds_cluster", "iam_database_authentication_enabled", true),
  },
  "database-private": {
    title: "No database has a public address",
    publicIds: ["CKV_AWS_17", "AWS-0180", "RDS.2"],
    reason: "Only programs in the VPC use the database",
    fix: "Set publicly_accessible to false",
    check: mustBe("aws_rds_cluster_instance", "publicly_accessible", false),
  },
  "database-tls": {
    title: "Databases reject connections without TLS",
    publicIds: [],
    reason: "Without TLS, passwords and data cross the network unencrypted",
    fix: "Set rds.force_ssl to 1 in the parameter group",
    check: each(["aws_rds_cluster"], (cluster, synthesised) =>
      databaseParameters(synthesised, cluster).get("rds.force_ssl") === "1"
        ? undefined
        : "it accepts connections without TLS",
    ),
  },
  "database-port": {
    title: "Databases do not listen on the default port",
    publicIds: ["RDS.23"],
    reason: "Another port slows down scans for databases",
    fix: "Set another port, or record an exception",
    check: each(["aws_rds_cluster"], (cluster) =>
      cluster.has("port") && !cluster.is("port", 3306, 5432) ? undefined : "it listens on the default port",
    ),
  },
});
