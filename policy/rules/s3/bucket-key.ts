import { mustHaveCompanion } from "../../checks";
import type { Rule } from "../../rule";

export const bucketKey: Rule = {
  id: "bucket-key",
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
};
