import { mustBe } from "../../checks";
import type { Rule } from "../../rule";

export const trailValidation: Rule = {
  id: "trail-validation",
  title: "Trails sign their files",
  publicIds: ["CKV_AWS_36", "AWS-0016", "CloudTrail.4"],
  reason: "Otherwise nobody can tell whether a record was changed",
  fix: "Set enable_log_file_validation to true",
  check: mustBe("aws_cloudtrail", "enable_log_file_validation", true),
};
