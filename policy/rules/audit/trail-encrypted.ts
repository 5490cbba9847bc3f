import { each } from "../../checks";
import type { Rule } from "../../rule";

export const trailEncrypted: Rule = {
  id: "trail-encrypted",
  title: "Trails are encrypted with a customer-managed key",
  publicIds: ["CKV_AWS_35", "AWS-0015", "CloudTrail.2"],
  reason: "Reading them then needs the key too",
  fix: "Set kms_key_id",
  check: each(["aws_cloudtrail"], (trail) =>
    trail.has("kms_key_id") ? undefined : "it is not encrypted with a key of ours",
  ),
};
