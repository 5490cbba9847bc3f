import { mustHaveCompanion } from "../../checks";
import type { Rule } from "../../rule";

export const bucketEvents: Rule = {
  id: "bucket-events",
  title: "Every bucket tells EventBridge of its events",
  publicIds: ["CKV2_AWS_62", "S3.11"],
  reason: "A watcher can then be added without touching the bucket",
  fix: "Add an aws_s3_bucket_notification with eventbridge true",
  check: mustHaveCompanion("aws_s3_bucket", {
    by: "aws_s3_bucket_notification",
    through: "bucket",
    without: "nobody can hear of its events",
  }),
};
