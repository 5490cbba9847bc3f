import { mustHaveCompanion } from "../../checks";
import type { Rule } from "../../rule";

export const bucketOwner: Rule = {
  id: "bucket-owner",
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
};
