import { mustHaveCompanion } from "../../checks";
import { hasCustomerKey } from "../../customer-key";
import { rules } from "../../rule";
import { type Resource, textsAt, valuesAt } from "../../../synthesis/resource";

/** Rules about what buckets do with objects. */
export const bucketObjectRules = rules({
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
      where: (encryption) =>
        encryption.is(
          "rule.apply_server_side_encryption_by_default.sse_algorithm",
          ...["AES256", "aws:kms", "aws:kms:dsse"],
        ),
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
        hasCustomerKey(encryption.given, "rule.apply_server_side_encryption_by_default.kms_master_key_id"),
      without: "it is not encrypted with a customer-managed key",
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
    fix: "Add noncurrent_version_expiration to an enabled rule of an aws_s3_bucket_lifecycle_configuration, without a filter",
    check: mustHaveCompanion("aws_s3_bucket", {
      by: "aws_s3_bucket_lifecycle_configuration",
      through: "bucket",
      where: (lifecycle) => hasRuleForAll(lifecycle, "noncurrent_version_expiration"),
      without: "its noncurrent versions never expire",
    }),
  },
  "bucket-uploads": {
    title: "Every bucket aborts incomplete multipart uploads",
    publicIds: ["CKV_AWS_300"],
    reason: "Their parts are not listed, but paid for indefinitely",
    fix: "Add abort_incomplete_multipart_upload to an enabled rule of the bucket's lifecycle, without a filter",
    check: mustHaveCompanion("aws_s3_bucket", {
      by: "aws_s3_bucket_lifecycle_configuration",
      through: "bucket",
      where: (lifecycle) => hasRuleForAll(lifecycle, "abort_incomplete_multipart_upload"),
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
});

/** Whether an enabled rule of a lifecycle has an action, and applies to every object. */
function hasRuleForAll(lifecycle: Resource, action: string): boolean {
  return lifecycle
    .values("rule")
    .some(
      (rule) =>
        textsAt(rule, "status")[0] === "Enabled" &&
        valuesAt(rule, action).length > 0 &&
        filters.every((filter) => valuesAt(rule, filter).length === 0),
    );
}

const filters = [
  "prefix",
  ...["and", "prefix", "tag", "object_size_greater_than", "object_size_less_than"].map(
    (by) => `filter.${by}`,
  ),
];
