import { mustBe } from "../../checks";
import type { Rule } from "../../rule";

export const trailRegions: Rule = {
  id: "trail-regions",
  title: "Trails record calls in every region",
  publicIds: ["CKV_AWS_67", "AWS-0014", "CloudTrail.1"],
  reason: "Intruders work where nobody looks",
  fix: "Set is_multi_region_trail to true",
  check: mustBe("aws_cloudtrail", "is_multi_region_trail", true),
};
