import { mustBe } from "../../checks";
import type { Rule } from "../../rule";

export const certificateReplacement: Rule = {
  id: "certificate-replacement",
  title: "A certificate's successor is made before it goes",
  publicIds: ["CKV_AWS_233"],
  reason: "A certificate in use cannot be deleted, and without one nothing answers",
  fix: "Set lifecycle.create_before_destroy to true",
  check: mustBe("aws_acm_certificate", "lifecycle.create_before_destroy", true),
};
