import type { Cases } from "../case";
import { bucketWith } from "../resources";

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
  "bucket-lifecycle": {
    passing: {
      aws_s3_bucket: { logs: {} },
      aws_s3_bucket_lifecycle_configuration: {
        logs: {
          bucket: "${aws_s3_bucket.logs.id}",
          rule: [{ noncurrent_version_expiration: [{ noncurrent_days: 7 }] }],
        },
      },
    },
    violating: { aws_s3_bucket: { logs: {} } },
  },
  "bucket-uploads": {
    passing: {
      aws_s3_bucket: { logs: {} },
      aws_s3_bucket_lifecycle_configuration: {
        logs: {
          bucket: "${aws_s3_bucket.logs.id}",
          rule: [{ abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }] }],
        },
      },
    },
    violating: {
      aws_s3_bucket: { logs: {} },
      aws_s3_bucket_lifecycle_configuration: {
        logs: { bucket: "${aws_s3_bucket.logs.id}", rule: [{ expiration: [{ days: 7 }] }] },
      },
    },
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
