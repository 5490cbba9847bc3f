import { each } from "../../checks";
import type { Rule } from "../../rule";

export const trailTopic: Rule = {
  id: "trail-topic",
  title: "Trails tell a topic of each file",
  publicIds: ["CKV_AWS_252"],
  reason: "A tool that watches calls need not poll",
  fix: "Set sns_topic_name",
  check: each(["aws_cloudtrail"], (trail) =>
    trail.has("sns_topic_name") ? undefined : "nobody hears of its files",
  ),
};
