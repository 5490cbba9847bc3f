import type { Cases } from "../case";

const bucketWithRule = (rule: object) => ({
  aws_s3_bucket: { logs: {} },
  aws_s3_bucket_lifecycle_configuration: { logs: { bucket: "${aws_s3_bucket.logs.id}", rule: [rule] } },
});

export const bucketObjectCases = {
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
} satisfies Cases;
