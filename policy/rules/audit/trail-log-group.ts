import { each } from "../../checks";
import type { Rule } from "../../rule";

export const trailLogGroup: Rule = {
  id: "trail-log-group",
  title: "Trails can be searched in CloudWatch",
  publicIds: ["CKV2_AWS_10", "AWS-0162", "CloudTrail.5"],
  reason: "Alarms on calls need it, and so does whoever looks for one call among millions",
  fix: "Set cloud_watch_logs_group_arn and cloud_watch_logs_role_arn",
  check: each(["aws_cloudtrail"], (trail) =>
    trail.has("cloud_watch_logs_group_arn") && trail.has("cloud_watch_logs_role_arn")
      ? undefined
      : "it cannot be searched",
  ),
};
