import { mustHaveCompanion } from "../../checks";
import type { Rule } from "../../rule";

export const bucketLifecycle: Rule = {
  id: "bucket-lifecycle",
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
};
