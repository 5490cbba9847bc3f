import { each } from "../../checks";
import type { Rule } from "../../rule";

export const trailEnabled: Rule = {
  id: "trail-enabled",
  title: "Trails are switched on",
  publicIds: ["CKV_AWS_251"],
  reason: "A trail that is switched off looks like one that records",
  fix: "Remove enable_logging",
  check: each(["aws_cloudtrail"], (trail) =>
    trail.is("enable_logging", false) ? "it is switched off" : undefined,
  ),
};
