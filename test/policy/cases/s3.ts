import type { Cases } from "../case";
import { bucketWith } from "../resources";

const bucketWithRule = (rule: object) => ({
  aws_s3_bucket: { logs: {} },
  aws_s3_bucket_lifecycle_configuration: { logs: { bucket: "${aws_s3_bucket.logs.id}", rule: [rule] } },
});

export const s3Cases = {
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
    violating: {
      aws_s3_bucket: { logs: {} },
      aws_s3_bucket_public_access_block: {
        logs: { bucket: "${aws_s3_bucket.logs.id}", block_public_acls: true },
      },
    },
  },
  "bucket-versions": {
    passing: {
      aws_s3_bucket: { logs: {} },
      aws_s3_bucket_versioning: {
        logs: { bucket: "${aws_s3_bucket.logs.id}", versioning_configuration: { status: "Enabled" } },
      },
    },
    violating: {
      aws_s3_bucket: { logs: {} },
      aws_s3_bucket_versioning: {
        logs: { bucket: "${aws_s3_bucket.logs.id}", versioning_configuration: { status: "Suspended" } },
      },
    },
  },
  "bucket-encrypted": {
    passing: {
      aws_s3_bucket: { logs: {} },
      aws_s3_bucket_server_side_encryption_configuration: {
        logs: {
          bucket: "${aws_s3_bucket.logs.id}",
          rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
        },
      },
    },
    violating: { aws_s3_bucket: { logs: {} } },
  },
  "bucket-key": {
    passing: {
      aws_s3_bucket: { logs: {} },
      aws_s3_bucket_server_side_encryption_configuration: {
        logs: {
          bucket: "${aws_s3_bucket.logs.id}",
          rule: [
            {
              apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: "key" },
            },
          ],
        },
      },
    },
    violating: {
      aws_s3_bucket: { logs: {} },
      aws_s3_bucket_server_side_encryption_configuration: {
        logs: {
          bucket: "${aws_s3_bucket.logs.id}",
          rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
        },
      },
    },
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
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
      },
    ),
    violating: bucketWith({
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
  },
  "bucket-access-log": {
    passing: {
      aws_s3_bucket: { state: {} },
      aws_s3_bucket_logging: { state: { bucket: "${aws_s3_bucket.state.id}", target_bucket: "access-logs" } },
    },
    violating: { aws_s3_bucket: { state: {} } },
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
      { IpAddress: { "aws:SourceIp": "198.51.100.0/24" } },
      { StringNotEquals: { "aws:PrincipalAccount": "111122223333" } },
      { StringLike: { "aws:PrincipalArn": "*" } },
      {},
    ].map((Condition) => bucketWith({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Condition })),
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
  "bucket-lifecycle": {
    passing: {
      aws_s3_bucket: { logs: {} },
      aws_s3_bucket_lifecycle_configuration: {
        logs: {
          bucket: "${aws_s3_bucket.logs.id}",
          rule: [{ status: "Enabled", filter: {}, noncurrent_version_expiration: [{ noncurrent_days: 7 }] }],
        },
      },
    },
    violating: [
      { aws_s3_bucket: { logs: {} } },
      bucketWithRule({ status: "Disabled", noncurrent_version_expiration: { noncurrent_days: 7 } }),
    ],
  },
  "bucket-uploads": {
    passing: {
      aws_s3_bucket: { logs: {} },
      aws_s3_bucket_lifecycle_configuration: {
        logs: {
          bucket: "${aws_s3_bucket.logs.id}",
          rule: [{ status: "Enabled", abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }] }],
        },
      },
    },
    violating: [
      bucketWithRule({ status: "Enabled", expiration: { days: 7 } }),
      bucketWithRule({ status: "Disabled", abort_incomplete_multipart_upload: { days_after_initiation: 7 } }),
      ...[{ filter: { prefix: "a/" } }, { filter: { and: { prefix: "a/" } } }, { prefix: "a/" }].map(
        (limited) =>
          bucketWithRule({
            ...limited,
            status: "Enabled",
            abort_incomplete_multipart_upload: { days_after_initiation: 7 },
          }),
      ),
    ],
  },
  "bucket-events": {
    passing: {
      aws_s3_bucket: { logs: {} },
      aws_s3_bucket_notification: { logs: { bucket: "${aws_s3_bucket.logs.id}", eventbridge: true } },
    },
    violating: { aws_s3_bucket: { logs: {} } },
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
} satisfies Cases;
