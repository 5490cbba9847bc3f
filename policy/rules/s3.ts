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
    reason: "Buckets that were made public by mistake are a common cause of data leaks",
    fix: "Add an aws_s3_bucket_public_access_block with all four arguments true",
    check: mustHaveCompanion("aws_s3_bucket", {
      by: "aws_s3_bucket_public_access_block",
      through: "bucket",
      where: (block) => blockArguments.every((argument) => block.is(argument, true)),
      without: "it can be made public",
    }),
  },
  "bucket-versions": {
    title: "Every bucket has versioning enabled",
    publicIds: ["CKV_AWS_21", "AWS-0090"],
    reason: "Otherwise an overwritten or deleted object cannot be restored",
    fix: "Add an aws_s3_bucket_versioning with the status Enabled",
    check: mustHaveCompanion("aws_s3_bucket", {
      by: "aws_s3_bucket_versioning",
      through: "bucket",
      where: (versioning) => versioning.is("versioning_configuration.status", "Enabled"),
      without: "its versioning is not enabled",
    }),
  },
  "bucket-encrypted": {
    title: "Every bucket has an explicit encryption configuration",
    publicIds: ["CKV_AWS_19", "AWS-0088"],
    reason: "A default that is relied on may change",
    fix: "Add an aws_s3_bucket_server_side_encryption_configuration",
    check: mustHaveCompanion("aws_s3_bucket", {
      by: "aws_s3_bucket_server_side_encryption_configuration",
      through: "bucket",
      where: (encryption) => encryption.has("rule.apply_server_side_encryption_by_default.sse_algorithm"),
      without: "it has no encryption configuration",
    }),
  },
  "bucket-key": {
    title: "Every bucket is encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_145", "AWS-0132"],
    reason: "Reading then also requires access to the key, and every use of the key is logged",
    fix: 'Set sse_algorithm to "aws:kms" and kms_master_key_id',
    check: mustHaveCompanion("aws_s3_bucket", {
      by: "aws_s3_bucket_server_side_encryption_configuration",
      through: "bucket",
      where: (encryption) =>
        encryption.is("rule.apply_server_side_encryption_by_default.sse_algorithm", "aws:kms") &&
        encryption.has("rule.apply_server_side_encryption_by_default.kms_master_key_id"),
      without: "it is not encrypted with a customer-managed key",
    }),
  },
  "bucket-owner": {
    title: "The owner of a bucket owns all of its objects",
    publicIds: ["S3.12"],
    reason: "ACLs of single objects can grant access to others, or deny it to the owner",
    fix: "Add an aws_s3_bucket_ownership_controls with BucketOwnerEnforced",
    check: mustHaveCompanion("aws_s3_bucket", {
      by: "aws_s3_bucket_ownership_controls",
      through: "bucket",
      where: (controls) => controls.is("rule.object_ownership", "BucketOwnerEnforced"),
      without: "others may own objects in it",
    }),
  },
  "bucket-tls": {
    title: "Every bucket denies requests without TLS 1.2 or later",
    publicIds: ["S3.5"],
    reason: "Without TLS, data and signatures cross the network unencrypted",
    fix: "Deny s3:* in the bucket's policy when aws:SecureTransport is false and when s3:TlsVersion is below 1.2",
    check: each(["aws_s3_bucket"], (bucket, synthesised) => {
      const policies = synthesised.referring(bucket, "aws_s3_bucket_policy", "bucket");
      const denials = policiesIn(synthesised, "resource")
        .filter(({ resource }) => policies.includes(resource))
        .flatMap(({ statements = [] }) => statements.filter(({ allows }) => !allows));
      const keys = denials.flatMap(({ conditionKeys }) => conditionKeys);
      return keys.includes("aws:securetransport") && keys.includes("s3:tlsversion")
        ? undefined
        : "it accepts requests without TLS 1.2";
    }),
  },
  "bucket-access-log": {
    title: "Every bucket has access logging",
    publicIds: ["CKV_AWS_18", "AWS-0089", "S3.9"],
    reason: "After an incident, only the access log shows which objects were read",
    fix: "Add an aws_s3_bucket_logging",
    check: mustHaveCompanion("aws_s3_bucket", {
      by: "aws_s3_bucket_logging",
      through: "bucket",
      without: "it has no access logging",
    }),
  },
  "bucket-lifecycle": {
    title: "Every bucket expires noncurrent versions",
    publicIds: ["CKV2_AWS_61", "S3.10", "S3.13"],
    reason: "Otherwise noncurrent versions are kept and paid for indefinitely",
    fix: "Add an aws_s3_bucket_lifecycle_configuration with noncurrent_version_expiration",
    check: mustHaveCompanion("aws_s3_bucket", {
      by: "aws_s3_bucket_lifecycle_configuration",
      through: "bucket",
      where: (lifecycle) => lifecycle.has("rule.noncurrent_version_expiration"),
      without: "its noncurrent versions never expire",
    }),
  },
  "bucket-uploads": {
    title: "Every bucket aborts incomplete multipart uploads",
    publicIds: ["CKV_AWS_300"],
    reason: "Their parts are not listed, but paid for indefinitely",
    fix: "Add abort_incomplete_multipart_upload to a rule of the bucket's lifecycle",
    check: mustHaveCompanion("aws_s3_bucket", {
      by: "aws_s3_bucket_lifecycle_configuration",
      through: "bucket",
      where: (lifecycle) => lifecycle.has("rule.abort_incomplete_multipart_upload"),
      without: "its incomplete multipart uploads are never aborted",
    }),
  },
  "bucket-events": {
    title: "Every bucket sends its events to EventBridge",
    publicIds: ["CKV2_AWS_62", "S3.11"],
    reason: "Rules on these events can then be added without changing the bucket",
    fix: "Add an aws_s3_bucket_notification with eventbridge true",
    check: mustHaveCompanion("aws_s3_bucket", {
      by: "aws_s3_bucket_notification",
      through: "bucket",
      without: "it sends no events to EventBridge",
    }),
  },
  "account-public-access": {
    title: "A public access block of an account blocks all public access",
    publicIds: ["S3.1"],
    reason: "It also covers buckets that are created outside this repository",
    fix: "Set all four arguments of aws_s3_account_public_access_block to true",
    check: each(["aws_s3_account_public_access_block"], (block) =>
      blockArguments.every((argument) => block.is(argument, true))
        ? undefined
        : "it does not block all public access",
    ),
  },
});

const blockArguments = [
  "block_public_acls",
  "block_public_policy",
  "ignore_public_acls",
  "restrict_public_buckets",
];
