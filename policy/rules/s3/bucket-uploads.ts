import { mustHaveCompanion } from "../../checks";
import type { Rule } from "../../rule";

export const bucketUploads: Rule = {
  id: "bucket-uploads",
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
};
