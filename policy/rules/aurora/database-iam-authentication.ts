import { mustBe } from "../../checks";
import type { Rule } from "../../rule";

export const databaseIamAuthentication: Rule = {
  id: "database-iam-authentication",
  title: "Databases accept IAM roles instead of passwords",
  publicIds: ["CKV_AWS_162", "AWS-0176", "RDS.12"],
  reason: "A token of fifteen minutes need not be kept, rotated or revoked",
  fix: "Set iam_database_authentication_enabled to true",
  check: mustBe("aws_rds_cluster", "iam_database_authentication_enabled", true),
};
