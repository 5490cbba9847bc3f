import { mustHaveCompanion } from "../../checks";
import type { Rule } from "../../rule";

export const bucketEncrypted: Rule = {
  id: "bucket-encrypted",
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
};
