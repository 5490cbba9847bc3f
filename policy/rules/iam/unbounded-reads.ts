import { eachAllowance, granted, isUnbounded } from "../../permissions";
import type { Rule } from "../../rule";

export const unboundedReads: Rule = {
  id: "unbounded-reads",
  title: "No policy allows to read data or credentials everywhere",
  publicIds: ["CKV_AWS_107", "CKV_AWS_108"],
  reason: "It would read those of other environments and programs as well",
  fix: "Name resources, or add a condition",
  check: eachAllowance(["identity"], (statement) => {
    const secret = isUnbounded(statement) ? granted(statement, secrets) : [];
    return secret.length === 0 ? undefined : `it allows ${secret.join(", ")} on everything`;
  }),
};

const secrets = [
  "dynamodb:GetItem",
  "ec2:GetPasswordData",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:UpdateLoginProfile",
  "rds-db:connect",
  "s3:GetObject",
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:GetSecretValue",
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
  "sts:AssumeRole",
];
