import { each, mustHaveCompanion } from "../checks";
import { rules } from "../rule";
import { policiesIn } from "../statements";

/** Rules about buckets. */
export const s3Rules = rules({
  "bucket-public-access": {
    title: "No bucket can be made public",
    publicIds: [
      "CKV_AWS_53",
      "CKV_AWS_54",
      "CKV_AWS_55",
      "CKV_AWS_56",
      "CKV2_AWS_6",
      "AWS-0086",
      "AWS-0087",
      "AWS-0091",
      "AWS-0093",
      "AWS-0094",
      "S3.2",
      "S3.3",
      "S3.8",
    ],
    reason: "Most leaks of data are buckets that somebody opened for a moment",
    fix: "Add an aws_s3_bucket_public_access_block with all four arguments true",
    check: mustHaveCompanion("aws_s3_bucket", {
      by: "aws_s3_bucket_public_access_block",
      through: "bucket",
      where: (block) => fences.every((fence) => block.is(fence, true)),
      without: "it can be made public",
    }),
  },
  "bucket-versions": {
    title: "Every bucket keeps what is overwritten",
    publicIds: ["CKV_AWS_21", "AWS-0090"],
    reason: "An overwritten or deleted object could not be brought back",
    fix: "Add an aws_s3_bucket_versioning with the status Enabled",
    check: mustHaveCompanion("aws_s3_bucket", {
      by: "aws_s3_bucket_versioning",
      through: "bucket",
      where: (versioning) => versioning.is("versioning_configuration.status", "Enabled"),
      without: "overwritten objects are lost",
    }),
  },
  "bucket-encrypted": {
    title: "Every bucket says how it encrypts",
    publicIds: ["CKV_AWS_19", "AWS-0088"],
    reason: "What is not stated may change with a default",
    fix: "Add an aws_s3_bucket_server_side_encryption_configuration",
    check: mustHaveCompanion("aws_s3_bucket", {
      by: "aws_s3_bucket_server_side_encryption_configuration",
      through: "bucket",
      where: (encryption) => encryption.has("rule.apply_server_side_encryption_by_default.sse_algorithm"),
      without: "it does not say how it encrypts",
    }),
  },
  "bucket-key": {
    title: "Every bucket is encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_145", "AWS-0132"],
    reason: "Reading then needs the key too, and every use of the key is recorded",
    fix: 'Set sse_algorithm to "aws:kms" and kms_master_key_id',
    check: mustHaveCompanion("aws_s3_bucket", {
      by: "aws_s3_bucket_server_side_encryption_configuration",
      through: "bucket",
      where: (encryption) =>
        encryption.is("rule.apply_server_side_encryption_by_default.sse_algorithm", "aws:kms") &&
        encryption.has("rule.apply_server_side_encryption_by_default.kms_master_key_id"),
      without: "it is not encrypted with a key of ours",
    }),
  },
  "bucket-owner": {
    title: "Whatever is in a bucket belongs to its owner",
    publicIds: ["S3.12"],
    reason: "Access lists of single objects could let others in, or lock us out",
    fix: "Add an aws_s3_bucket_ownership_controls with BucketOwnerEnforced",
    check: mustHaveCompanion("aws_s3_bucket", {
      by: "aws_s3_bucket_ownership_controls",
      through: "bucket",
      where: (controls) => controls.is("rule.object_ownership", "BucketOwnerEnforced"),
      without: "others may own what is in it",
    }),
  },
  "bucket-tls": {
    title: "Every bucket refuses requests without TLS 1.2",
    publicIds: ["S3.5"],
    reason: "Data and signatures would cross the network readable",
    fix: "Deny s3:* in the bucket's policy when aws:SecureTransport is false and when s3:TlsVersion is below 1.2",
    check: each(["aws_s3_bucket"], (bucket, synthesised) => {
      const policies = synthesised.referring(bucket, "aws_s3_bucket_policy", "bucket");
      const denials = policiesIn(synthesised, "resource")
        .filter(({ resource }) => policies.includes(resource))
        .flatMap(({ statements = [] }) => statements.filter(({ allows }) => !allows));
      const keys = denials.flatMap(({ conditionKeys }) => conditionKeys);
      return keys.includes("aws:securetransport") && keys.includes("s3:tlsversion")
        ? undefined
        : "it answers requests without TLS 1.2";
    }),
  },
  "bucket-access-log": {
    title: "Every bucket keeps record of who reads and writes it",
    publicIds: ["CKV_AWS_18", "AWS-0089", "S3.9"],
    reason: "Afterwards it is the only answer to what was taken",
    fix: "Add an aws_s3_bucket_logging",
    check: mustHaveCompanion("aws_s3_bucket", {
      by: "aws_s3_bucket_logging",
      through: "bucket",
      without: "nobody records who reads and writes it",
    }),
  },
  "bucket-lifecycle": {
    title: "Every bucket removes what nobody needs any more, old versions included",
    publicIds: ["CKV2_AWS_61", "S3.10", "S3.13"],
    reason: "Overwritten versions are kept, and paid for, for ever",
    fix: "Add an aws_s3_bucket_lifecycle_configuration with noncurrent_version_expiration",
    check: mustHaveCompanion("aws_s3_bucket", {
      by: "aws_s3_bucket_lifecycle_configuration",
      through: "bucket",
      where: (lifecycle) => lifecycle.has("rule.noncurrent_version_expiration"),
      without: "overwritten versions are kept for ever",
    }),
  },
  "bucket-uploads": {
    title: "Every bucket removes uploads that were never finished",
    publicIds: ["CKV_AWS_300"],
    reason: "Their parts are invisible, and paid for for ever",
    fix: "Add abort_incomplete_multipart_upload to a rule of the bucket's lifecycle",
    check: mustHaveCompanion("aws_s3_bucket", {
      by: "aws_s3_bucket_lifecycle_configuration",
      through: "bucket",
      where: (lifecycle) => lifecycle.has("rule.abort_incomplete_multipart_upload"),
      without: "unfinished uploads are kept for ever",
    }),
  },
  "bucket-events": {
    title: "Every bucket tells EventBridge of its events",
    publicIds: ["CKV2_AWS_62", "S3.11"],
    reason: "A watcher can then be added without touching the bucket",
    fix: "Add an aws_s3_bucket_notification with eventbridge true",
    check: mustHaveCompanion("aws_s3_bucket", {
      by: "aws_s3_bucket_notification",
      through: "bucket",
      without: "nobody can hear of its events",
    }),
  },
  "account-public-access": {
    title: "Where the account blocks public buckets, it blocks all of them",
    publicIds: ["S3.1"],
    reason: "It is the net under every bucket that is made outside this repository",
    fix: "Set all four arguments of aws_s3_account_public_access_block to true",
    check: each(["aws_s3_account_public_access_block"], (block) =>
      fences.every((fence) => block.is(fence, true)) ? undefined : "it leaves a way to make buckets public",
    ),
  },
});

const fences = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];
