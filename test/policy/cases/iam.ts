import type { Cases } from "../case";
import { policyOf, roleThatMay, roleTrusting } from "../resources";

export const iamCases = {
  "policies-readable": {
    passing: { aws_iam_policy: { own: { policy: policyOf() } } },
    violating: { aws_iam_policy: { own: { policy: "${data.aws_iam_policy_document.own.json}" } } },
  },
  administration: {
    passing: roleThatMay({ Action: "s3:GetObject", Resource: "arn:aws:s3:::logs/*" }),
    violating: roleThatMay({ NotAction: "iam:*", Resource: "*" }),
  },
  "service-wildcards": {
    passing: roleThatMay({ Action: "s3:Get*", Resource: "arn:aws:s3:::logs/*" }),
    violating: roleThatMay({ Action: "s3:*", Resource: "arn:aws:s3:::logs/*" }),
  },
  "unbounded-changes": {
    passing: roleThatMay({ Action: ["ec2:DescribeSubnets", "cloudwatch:PutMetricData"], Resource: "*" }),
    violating: roleThatMay({ Action: ["ec2:DescribeSubnets", "ec2:DeleteSubnet"], Resource: "*" }),
  },
  "unbounded-reads": {
    passing: roleThatMay({
      Action: "secretsmanager:GetSecretValue",
      Resource: "arn:aws:secretsmanager:us-west-2:111122223333:secret:own-*",
    }),
    violating: roleThatMay({ Action: "secretsmanager:Get*", Resource: "*" }),
  },
  "unbounded-actions": {
    passing: roleThatMay({ Action: ["ec2:DescribeSubnets", "ecr:GetAuthorizationToken"], Resource: "*" }),
    violating: [
      roleThatMay({ Action: "s3:ListBucket", Resource: "*" }),
      roleThatMay({
        Action: "s3:ListBucket",
        Resource: "*",
        Condition: { StringNotEquals: { "aws:ResourceAccount": "111122223333" } },
      }),
    ],
  },
  escalation: {
    passing: roleThatMay({ Action: "iam:PutRolePolicy", Resource: "arn:aws:iam::111122223333:role/own" }),
    violating: roleThatMay({ Action: "iam:Put*", Resource: "*" }),
  },
  "key-use": {
    passing: roleThatMay({
      Action: "kms:Decrypt",
      Resource: "${data.terraform_remote_state.kms.outputs.keyArns.eks}",
    }),
    violating: roleThatMay({
      Action: "kms:De*",
      Resource: "arn:aws:kms:us-west-2:111122223333:key/*",
      Condition: { Bool: { a: "true" } },
    }),
  },
  "pass-role": {
    passing: roleThatMay({
      Action: "iam:PassRole",
      Resource: "arn:aws:iam::111122223333:role/backup",
      Condition: { StringEquals: { "iam:PassedToService": "backup.amazonaws.com" } },
    }),
    violating: roleThatMay({ Action: "iam:PassRole", Resource: "arn:aws:iam::111122223333:role/backup" }),
  },
  "actions-without-resources": {
    passing: roleThatMay({ Action: "logs:DescribeLogGroups", Resource: "*" }),
    violating: roleThatMay({
      Action: ["logs:DescribeLogGroups", "logs:PutLogEvents"],
      Resource: "${aws_cloudwatch_log_group.flow.arn}:*",
    }),
  },
  "required-resources": {
    passing: roleThatMay({
      Action: "ssm:StartAutomationExecution",
      Resource: [
        "arn:aws:ssm:us-west-2:111122223333:document/own",
        "arn:aws:ssm:us-west-2:111122223333:automation-execution/*",
      ],
    }),
    violating: roleThatMay({
      Action: "ssm:StartAutomationExecution",
      Resource: "arn:aws:ssm:us-west-2:111122223333:automation-definition/own:*",
    }),
  },
  "source-keys": {
    passing: roleTrusting({
      Principal: { Service: "vpc-flow-logs.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    }),
    violating: roleTrusting({
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    }),
  },
  "trust-conditions": {
    passing: roleTrusting({
      Principal: { Service: "events.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    }),
    violating: [
      roleTrusting({ Principal: { Service: "events.amazonaws.com" }, Action: "sts:AssumeRole" }),
      roleTrusting({
        Principal: { Service: "events.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringNotEquals: { "aws:SourceAccount": "444455556666" } },
      }),
    ],
  },
  "trust-accounts": {
    passing: roleTrusting({
      Principal: { AWS: "arn:aws:iam::111122223333:root" },
      Action: "sts:AssumeRole",
      Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/own" } },
    }),
    violating: ["111122223333", "arn:aws-cn:iam::111122223333:root"].map((AWS) =>
      roleTrusting({
        Principal: { AWS },
        Action: "sts:AssumeRole",
        Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
      }),
    ),
  },
  "trust-pods": {
    passing: roleTrusting({
      Principal: { Federated: "${aws_iam_openid_connect_provider.own.arn}" },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { "oidc:sub": "system:serviceaccount:a:b", "oidc:aud": "sts.amazonaws.com" },
      },
    }),
    violating: roleTrusting({
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    }),
  },
  "managed-administration": {
    passing: {
      aws_iam_role_policy_attachment: {
        nodes: { policy_arn: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy" },
      },
    },
    violating: [
      {
        aws_iam_role_policy_attachment: {
          nodes: { policy_arn: "arn:aws-cn:iam::aws:policy/AdministratorAccess" },
        },
      },
      { aws_iam_role: { nodes: { managed_policy_arns: ["arn:aws:iam::aws:policy/IAMFullAccess"] } } },
    ],
  },
  "public-resources": {
    passing: {
      aws_sns_topic_policy: {
        alarms: {
          policy: policyOf({
            Effect: "Allow",
            Principal: { AWS: "*" },
            Action: "sns:Publish",
            Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
          }),
        },
      },
    },
    violating: {
      aws_sns_topic_policy: {
        alarms: { policy: policyOf({ Effect: "Allow", Principal: "*", Action: "sns:Publish" }) },
      },
    },
  },
} satisfies Cases;
