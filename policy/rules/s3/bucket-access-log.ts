import { mustHaveCompanion } from "../../checks";
import type { Rule } from "../../rule";

export const bucketAccessLog: Rule = {
  id: "bucket-access-log",
  title: "Every bucket keeps record of who reads and writes it",
  publicIds: ["CKV_AWS_18", "AWS-0089", "S3.9"],
  reason: "Afterwards it is the only answer to what was taken",
  fix: "Add an aws_s3_bucket_logging",
  check: mustHaveCompanion("aws_s3_bucket", {
    by: "aws_s3_bucket_logging",
    through: "bucket",
    without: "nobody records who reads and writes it",
  }),
};
