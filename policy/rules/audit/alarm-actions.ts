import { each } from "../../checks";
import type { Rule } from "../../rule";

export const alarmActions: Rule = {
  id: "alarm-actions",
  title: "Alarms tell somebody",
  publicIds: ["CKV_AWS_319"],
  reason: "Nobody watches a console at night",
  fix: "Set alarm_actions, and remove actions_enabled",
  check: each(["aws_cloudwatch_metric_alarm"], (alarm) =>
    alarm.has("alarm_actions") && !alarm.is("actions_enabled", false) ? undefined : "it tells nobody",
  ),
};
