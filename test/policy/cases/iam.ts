import type { Cases, Resources } from "../case";
import { policyOf, roleThatMay } from "../resources";

const anyone = { Effect: "Allow", Principal: "*", Action: "*" };

/** A topic that everyone who meets one of the conditions may publish to. */
function topicWith(conditions: readonly object[]): Resources {
  const statements = conditions.map((Condition) => ({ ...anyone, Action: "sns:Publish", Condition }));
  return { aws_sns_topic_policy: { alarms: { policy: policyOf(...statements) } } };
}

export const iamCases = {
  "policies-readable": {
    passing: { aws_iam_policy: { own: { policy: policyOf() } } },
    violating: [
      { aws_iam_policy: { own: { policy: "${data.aws_iam_policy_document.own.json}" } } },
      { aws_vpc_endpoint_policy: { own: { policy: "${data.aws_iam_policy_document.own.json}" } } },
    ],
  },
  administration: {
    passing: roleThatMay({ Action: "s3:GetObject", Resource: "arn:aws:s3:::logs/*" }),
    violating: [{ NotAction: "iam:*" }, { Action: "?*" }].map((given) =>
      roleThatMay({ ...given, Resource: "*" }),
    ),
  },
  "service-wildcards": {
    passing: roleThatMay({ Action: "s3:Get*", Resource: "arn:aws:s3:::logs/*" }),
    violating: ["s3:*", "s3:?*"].map((Action) => roleThatMay({ Action, Resource: "arn:aws:s3:::logs/*" })),
  },
  "unbounded-changes": {
    passing: roleThatMay({ Action: ["ec2:DescribeSubnets", "cloudwatch:PutMetricData"], Resource: "*" }),
    violating: [
      ...["*", "?*", "*:*", "arn:aws:ec2:*", "arn:aws:ec2:*:*:*/*"].map((Resource) =>
        roleThatMay({ Action: ["ec2:DescribeSubnets", "ec2:DeleteSubnet"], Resource }),
      ),
      ...[
        { StringLike: { "aws:ResourceTag/Owner": "?*" } },
        { StringLike: { "aws:ResourceAccount": "????????????" } },
        { Bool: { "aws:SecureTransport": "true" } },
      ].map((Condition) => roleThatMay({ Action: "ec2:DeleteSubnet", Resource: "*", Condition })),
    ],
  },
  "unbounded-reads": {
    passing: roleThatMay({
      Action: "secretsmanager:GetSecretValue",
      Resource: "arn:aws:secretsmanager:us-west-2:111122223333:secret:own-*",
    }),
    violating: [
      roleThatMay({ Action: "secretsmanager:Get*", Resource: "*" }),
      roleThatMay({
        Action: "secretsmanager:GetSecretValue",
        Resource: "arn:aws:secretsmanager:us-west-2:111122223333:secret:*",
      }),
      roleThatMay({ Action: "s3:GetObject", Resource: ["arn:aws:s3:::logs/*", "arn:aws:s3:::*/*"] }),
    ],
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
    passing: roleThatMay({
      Action: "iam:PutRolePolicy",
      Resource: ["arn:aws:iam::111122223333:role/own", "arn:aws:iam::111122223333:role/edge/*"],
    }),
    violating: [
      roleThatMay({ Action: "iam:Put*", Resource: "*" }),
      roleThatMay({ Action: "iam:CreatePolicyVersion", Resource: "arn:aws:iam::111122223333:policy/*" }),
      roleThatMay({ Action: "iam:CreateAccessKey", Resource: "arn:aws:iam::*:user/*" }),
      roleThatMay({ Action: "iam:AttachRolePolicy", Resource: "arn:aws:iam::*:role/**" }),
    ],
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
    violating: [
      roleThatMay({ Action: "iam:PassRole", Resource: "arn:aws:iam::111122223333:role/backup" }),
      roleThatMay({
        Action: "iam:PassRole",
        Resource: "arn:aws:iam::*:role/?*",
        Condition: { StringEquals: { "iam:PassedToService": "backup.amazonaws.com" } },
      }),
      roleThatMay({
        Action: "iam:PassRole",
        Resource: "arn:aws:iam::111122223333:role/backup",
        Condition: { StringLike: { "iam:PassedToService": "*.amazonaws.com" } },
      }),
    ],
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
      {
        aws_iam_role_policy_attachments_exclusive: {
          nodes: { role_name: "nodes", policy_arns: ["arn:aws:iam::aws:policy/AdministratorAccess"] },
        },
      },
    ],
  },
  "public-resources": {
    passing: topicWith([
      { StringEquals: { "aws:SourceAccount": "111122223333" } },
      { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
      { ArnLike: { "aws:SourceArn": "arn:aws:s3:::logs" } },
      { ArnLike: { "aws:SourceArn": "arn:aws:cloudtrail:*:111122223333:trail/*" } },
      { ArnEquals: { "aws:SourceArn": "${aws_s3_bucket.logs.arn}" } },
      { IpAddress: { "aws:SourceIp": ["198.51.100.0/24", "10.0.0.0/8"] } },
    ]),
    violating: [
      ...[
        {},
        { StringLike: { "aws:SourceAccount": "????????????" } },
        { StringLike: { "aws:SourceAccount": "*1*" } },
        { StringLike: { "aws:PrincipalOrgID": "o-*" } },
        { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:*" } },
        { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } },
        { StringLike: { "aws:SourceVpce": "vpce-*" } },
        { StringEquals: { "kms:ViaService": "s3.us-west-2.amazonaws.com" } },
        { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } },
        { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } },
      ].map((Condition) => topicWith([Condition])),
      ...Object.entries({
        aws_cloudwatch_event_bus_policy: "policy",
        aws_cloudwatch_log_destination_policy: "access_policy",
        aws_kms_key_policy: "policy",
        aws_kms_replica_key: "policy",
        aws_secretsmanager_secret: "policy",
        aws_sns_topic: "policy",
        aws_sqs_queue: "policy",
        aws_s3_bucket: "policy",
      }).map(([type, path]) => ({ [type]: { own: { [path]: policyOf(anyone) } } })),
    ],
  },
} satisfies Cases;
