import { mustBe } from "../../checks";
import type { Rule } from "../../rule";

export const imageScan: Rule = {
  id: "image-scan",
  title: "Images are scanned when they are pushed",
  publicIds: ["CKV_AWS_163", "AWS-0030", "ECR.1"],
  reason: "Known flaws are found before they run",
  fix: "Set image_scanning_configuration.scan_on_push to true",
  check: mustBe("aws_ecr_repository", "image_scanning_configuration.scan_on_push", true),
};
