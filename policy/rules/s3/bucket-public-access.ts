import { mustHaveCompanion } from "../../checks";
import type { Rule } from "../../rule";

export const bucketPublicAccess: Rule = {
  id: "bucket-public-access",
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
  reason: "Most leaks of data are buckets that somebody opened for a moment",
  fix: "Add an aws_s3_bucket_public_access_block with all four arguments true",
  check: mustHaveCompanion("aws_s3_bucket", {
    by: "aws_s3_bucket_public_access_block",
    through: "bucket",
    where: (block) => fences.every((fence) => block.is(fence, true)),
    without: "it can be made public",
  }),
};

const fences = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];
