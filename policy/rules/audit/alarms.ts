import { each } from "../../checks";
import { hasCustomerKey } from "../../customer-key";
import { eachAllowance } from "../../permissions";
import { isForEveryone } from "../../reading";
import { rules } from "../../rule";

/** Rules about alarms and the topics that they notify. */
export const alarmRules = rules({
  "trail-alarms": {
    title: "CIS alarms of a trail cover all fifteen kinds of API calls",
    publicIds: [
      "AWS-0147",
      "AWS-0148",
      "AWS-0149",
      "AWS-0150",
      "AWS-0151",
      "AWS-0152",
      "AWS-0153",
      "AWS-0154",
      "AWS-0155",
      "AWS-0156",
      "AWS-0157",
      "AWS-0158",
      "AWS-0159",
      "AWS-0160",
      "AWS-0174",
    ],
    reason: "An incomplete set of alarms looks like complete coverage",
    fix: "Set layers.audit.trail.cisAlarms, which creates all of them or none",
    check: each(["aws_cloudtrail"], (trail, synthesised) => {
      const logs = synthesised.targets(trail, "cloud_watch_logs_group_arn");
      const filters = logs.flatMap((log) =>
        synthesised.referring(log, "aws_cloudwatch_log_metric_filter", "log_group_name"),
      );
      if (filters.length === 0) return undefined;
      const alarms = synthesised
        .of("aws_cloudwatch_metric_alarm")
        .filter((alarm) => alarm.has("alarm_actions"));
      const alarmed = new Set(alarms.flatMap((alarm) => alarm.texts("metric_name")));
      const patterns = filters
        .filter((filter) => filter.texts("metric_transformation.name").every((name) => alarmed.has(name)))
        .flatMap((filter) => filter.texts("pattern"));
      const missing = calls.filter((call) => !patterns.some((pattern) => pattern.includes(call)));
      return missing.length === 0 ? undefined : `no alarm fires on ${missing.join(", ")}`;
    }),
  },
  "alarm-actions": {
    title: "Every alarm notifies a topic",
    publicIds: ["CKV_AWS_319"],
    reason: "An alarm without an action is visible in the console only",
    fix: "Set alarm_actions, and remove actions_enabled",
    check: each(["aws_cloudwatch_metric_alarm"], (alarm) =>
      alarm.has("alarm_actions") && !alarm.is("actions_enabled", false) ? undefined : "it notifies no topic",
    ),
  },
  "budget-publisher": {
    title: "AWS Budgets may use keys and topics only where there is a budget",
    publicIds: [],
    reason: "Not every partition has the service, and AWS rejects a policy with an unknown principal",
    fix: "Remove budgets.amazonaws.com from the policy",
    check: (synthesised) =>
      synthesised.of("aws_budgets_budget").length > 0 ? [] : allowsBudgets(synthesised),
  },
  "topic-private": {
    title: "No topic's policy allows access by everyone",
    publicIds: ["CKV_AWS_169"],
    reason: "Everyone could publish false alarms, or subscribe to the real ones",
    fix: "Name services or roles as principals, with a condition on aws:SourceAccount",
    check: eachAllowance(["resource"], (statement, { resource }) =>
      resource.type.startsWith("aws_sns_topic") && isForEveryone(statement)
        ? "it allows access by everyone"
        : undefined,
    ),
  },
  "topic-accounts": {
    title: "A topic's policy allows access by accounts and roles only with a condition",
    publicIds: ["CKV_AWS_385"],
    reason: "An account that is named as principal can pass the access on to all of its users",
    fix: "Remove the principal, or add a condition on who it is",
    check: eachAllowance(["resource"], ({ principals, conditionKeys }, { resource }) =>
      resource.type.startsWith("aws_sns_topic") &&
      conditionKeys.length === 0 &&
      principals.some((principal) => principal.startsWith("AWS "))
        ? "an account or role has access without a condition"
        : undefined,
    ),
  },
  "topic-encrypted": {
    title: "SNS topics are encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_26", "AWS-0095", "AWS-0136"],
    reason: "Messages are stored unencrypted until they are delivered",
    fix: "Set kms_master_key_id to a customer-managed key",
    check: each(["aws_sns_topic"], (topic) =>
      hasCustomerKey(topic.given, "kms_master_key_id")
        ? undefined
        : "it is not encrypted with a customer-managed key",
    ),
  },
});

const allowsBudgets = eachAllowance(["resource"], ({ principals }) =>
  principals.includes("Service budgets.amazonaws.com")
    ? "it allows AWS Budgets, but there is no budget"
    : undefined,
);

/** Text that only the filter of one kind of call contains. */
const calls = [
  "UnauthorizedOperation",
  "MFAUsed",
  "Root",
  "PutRolePolicy",
  "StopLogging",
  "Failed authentication",
  "ScheduleKeyDeletion",
  "PutBucketPolicy",
  "StopConfigurationRecorder",
  "AuthorizeSecurityGroupIngress",
  "CreateNetworkAclEntry",
  "AttachInternetGateway",
  "CreateRouteTable",
  "CreateVpcPeeringConnection",
  "organizations.amazonaws.com",
];
