import { each, mustBe } from "../../checks";
import { databaseParameters } from "../../reading";
import { rules } from "../../rule";

/** Rules about who reaches a database, and how. */
export const databaseAccessRules = rules({
  "database-password": {
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
  },
  "database-administrator": {
    title: "No database's administrator has the name that everybody guesses",
    publicIds: ["RDS.24"],
    reason: "A guessed name is half of a guessed sign-in",
    fix: "Choose another master_username",
    check: each(["aws_rds_cluster"], (cluster) =>
      cluster.has("master_username") &&
      !cluster.is("master_username", "admin", "administrator", "postgres", "root")
        ? undefined
        : "its administrator has a common name",
    ),
  },
  "database-iam-authentication": {
    title: "Databases accept IAM roles instead of passwords",
    publicIds: ["CKV_AWS_162", "AWS-0176", "RDS.12"],
    reason: "A token of fifteen minutes need not be kept, rotated or revoked",
    fix: "Set iam_database_authentication_enabled to true",
    check: mustBe("aws_rds_cluster", "iam_database_authentication_enabled", true),
  },
  "database-private": {
    title: "No database has a public address",
    publicIds: ["CKV_AWS_17", "AWS-0180", "RDS.2"],
    reason: "A database is for the programs beside it",
    fix: "Set publicly_accessible to false",
    check: mustBe("aws_rds_cluster_instance", "publicly_accessible", false),
  },
  "database-tls": {
    title: "Databases refuse connections without TLS",
    publicIds: [],
    reason: "Passwords and data would cross the network readable",
    fix: "Set rds.force_ssl to 1 in the parameter group",
    check: each(["aws_rds_cluster"], (cluster, synthesised) =>
      databaseParameters(synthesised, cluster).get("rds.force_ssl") === "1"
        ? undefined
        : "it accepts connections without TLS",
    ),
  },
  "database-port": {
    title: "Databases do not listen on the port that everybody knows",
    publicIds: ["RDS.23"],
    reason: "It slows down who scans a network for databases",
    fix: "Set another port, or record an exception",
    check: each(["aws_rds_cluster"], (cluster) =>
      cluster.has("port") && !cluster.is("port", 3306, 5432) ? undefined : "it listens on the default port",
    ),
  },
});
