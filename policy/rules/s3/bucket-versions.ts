import { mustHaveCompanion } from "../../checks";
import type { Rule } from "../../rule";

export const bucketVersions: Rule = {
  id: "bucket-versions",
  title: "Every bucket keeps what is overwritten",
  publicIds: ["CKV_AWS_21", "AWS-0090"],
  reason: "An overwritten or deleted object could not be brought back",
  fix: "Add an aws_s3_bucket_versioning with the status Enabled",
  check: mustHaveCompanion("aws_s3_bucket", {
    by: "aws_s3_bucket_versioning",
    through: "bucket",
    where: (versioning) => versioning.is("versioning_configuration.status", "Enabled"),
    without: "overwritten objects are lost",
  }),
};
