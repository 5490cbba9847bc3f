import type { Cases } from "../case";
import { bucketWith, policyOf } from "../resources";

const deniedIf = (Condition: object) => ({ Effect: "Deny", Principal: "*", Action: "s3:*", Condition });

const anyone = { Effect: "Allow", Principal: "*", Action: "s3:GetObject" };

export const bucketAccessCases = {
  "bucket-public-access": {
    passing: {
      aws_s3_bucket: { logs: {} },
      aws_s3_bucket_public_access_block: {
        logs: {
          bucket: "${aws_s3_bucket.logs.id}",
          block_public_acls: true,
          block_public_policy: true,
          ignore_public_acls: true,
          restrict_public_buckets: true,
        },
      },
    },
    violating: [
      {
        aws_s3_bucket: { logs: {} },
        aws_s3_bucket_public_access_block: {
          logs: { bucket: "${aws_s3_bucket.logs.id}", block_public_acls: true },
        },
      },
      { aws_s3_bucket_public_access_block: { logs: { bucket: "logs", block_public_policy: false } } },
    ],
  },
  "account-public-access": {
    passing: {
      aws_s3_account_public_access_block: {
        account: {
          block_public_acls: true,
          block_public_policy: true,
          ignore_public_acls: true,
          restrict_public_buckets: true,
        },
      },
    },
    violating: { aws_s3_account_public_access_block: { account: { block_public_acls: true } } },
  },
  "bucket-owner": {
    passing: {
      aws_s3_bucket: { logs: {} },
      aws_s3_bucket_ownership_controls: {
        logs: { bucket: "${aws_s3_bucket.logs.id}", rule: { object_ownership: "BucketOwnerEnforced" } },
      },
    },
    violating: {
      aws_s3_bucket: { logs: {} },
      aws_s3_bucket_ownership_controls: {
        logs: { bucket: "${aws_s3_bucket.logs.id}", rule: { object_ownership: "ObjectWriter" } },
      },
    },
  },
  "bucket-tls": {
    passing: bucketWith(
      deniedIf({ Bool: { "aws:SecureTransport": "false" } }),
      deniedIf({ NumericLessThan: { "s3:TlsVersion": "1.2" } }),
    ),
    violating: [
      bucketWith(deniedIf({ Bool: { "aws:SecureTransport": "false" } })),
      ...[
        { Action: "s3:Get*" },
        { Principal: { AWS: "arn:aws:iam::111122223333:role/own" } },
        { Condition: { Bool: { "aws:SecureTransport": "true" } } },
        {
          Condition: { Bool: { "aws:SecureTransport": "false" }, StringEquals: { "aws:SourceVpc": "vpc-1" } },
        },
      ].map((change) =>
        bucketWith(
          { ...deniedIf({ Bool: { "aws:SecureTransport": "false" } }), ...change },
          deniedIf({ NumericLessThan: { "s3:TlsVersion": "1.2" } }),
        ),
      ),
    ],
  },
  "bucket-acl": {
    passing: {
      aws_s3_bucket: { logs: {}, own: { acl: "private" } },
      aws_s3_bucket_acl: { logs: { acl: "log-delivery-write" } },
    },
    violating: [
      ...["public-read", "public-read-write", "authenticated-read"].map((acl) => ({
        aws_s3_bucket_acl: { logs: { acl } },
      })),
      { aws_s3_bucket: { logs: { acl: "public-read" } } },
      { aws_s3_bucket_acl: { logs: { access_control_policy: { grant: [{ permission: "READ" }] } } } },
    ],
  },
  "bucket-principals": {
    passing: bucketWith(
      { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:role/own" }, Action: "s3:GetObject" },
      {
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
      },
    ),
    violating: [
      ...[
        { IpAddress: { "aws:SourceIp": "198.51.100.0/24" } },
        { StringNotEquals: { "aws:PrincipalAccount": "111122223333" } },
        { StringLike: { "aws:PrincipalArn": "*" } },
        { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:*" } },
        {},
      ].map((Condition) => bucketWith({ ...anyone, Condition })),
      bucketWith({ ...anyone, Principal: { AWS: "arn:aws:iam::*:role/x" } }),
      { aws_s3_bucket: { logs: { policy: policyOf(anyone) } } },
    ],
  },
  "bucket-lockout": {
    passing: bucketWith(
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      { Effect: "Deny", Principal: "*", Action: "s3:DeleteObject" },
    ),
    violating: ["*", "s3:*", "s3:Put*", ["s3:GetObject", "s3:PutBucketPolicy"]].map((Action) =>
      bucketWith({ Effect: "Deny", Principal: { AWS: "*" }, Action }),
    ),
  },
  "bucket-name": {
    passing: { aws_s3_bucket: { logs: { bucket: "prod-${data.aws_region.own.name}-logs" } } },
    violating: { aws_s3_bucket: { logs: { bucket: "logs.example.org" } } },
  },
} satisfies Cases;
