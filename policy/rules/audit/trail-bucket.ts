import { each } from "../../checks";
import type { Rule } from "../../rule";

export const trailBucket: Rule = {
  id: "trail-bucket",
  title: "The bucket of a trail is closed, and its use is recorded",
  publicIds: ["AWS-0161", "AWS-0163"],
  reason: "Whoever can read or change records covers tracks",
  fix: "Add an aws_s3_bucket_public_access_block and an aws_s3_bucket_logging of the trail's bucket",
  check: each(["aws_cloudtrail"], (trail, document) => {
    const buckets = document.targets(trail, "s3_bucket_name");
    const fences = ["aws_s3_bucket_public_access_block", "aws_s3_bucket_logging"];
    return buckets.every((bucket) =>
      fences.every((fence) => document.referring(bucket, fence, "bucket").length > 0),
    )
      ? undefined
      : "its bucket is not closed, or nobody records who uses it";
  }),
};
