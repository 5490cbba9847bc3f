import { textOf } from "../../engine/read-value";
import { uuidFrom } from "../../cloud/digest";
import { arn, endpointDomain, globalArn } from "./arn";
import { named, nameFrom, put, type Behaviours } from "./naming";
import { validateJson } from "./policy-json";

/** CloudWatch, EventBridge, SNS, SQS and CloudTrail. */
export const monitoring: Behaviours = {
  aws_cloudwatch_log_group: named((name, context) => arn(context, "logs", `log-group:${name}`), {
    computed: () => ({ log_group_class: "STANDARD" }),
  }),
  aws_cloudwatch_log_metric_filter: { ...put, id: ({ name }) => textOf(name) ?? "" },
  aws_cloudwatch_log_resource_policy: {
    ...put,
    id: ({ policy_name }) => textOf(policy_name) ?? "",
    validate: validateJson("policy_document"),
  },
  aws_cloudwatch_metric_alarm: named((name, context) => arn(context, "cloudwatch", `alarm:${name}`), {
    ...put,
    attribute: "alarm_name",
  }),
  aws_cloudwatch_dashboard: {
    ...put,
    id: ({ dashboard_name }) => textOf(dashboard_name) ?? "",
    validate: validateJson("dashboard_body"),
    computed: (_planned, context) => ({
      dashboard_arn: globalArn(context, "cloudwatch", `dashboard/${context.id}`),
    }),
  },
  aws_cloudwatch_event_rule: named((name, context) => arn(context, "events", `rule/${name}`), {
    ...put,
    validate: validateJson("event_pattern"),
  }),
  aws_cloudwatch_event_target: {
    ...put,
    id: (planned, context) => `${textOf(planned.rule) ?? ""}-${nameFrom("target_id")(planned, context)}`,
    computed: (planned, context) => ({ target_id: nameFrom("target_id")(planned, context) }),
  },
  aws_sns_topic: {
    id: (planned, context) => arn(context, "sns", nameFrom("name")(planned, context)),
    validate: validateJson("policy"),
    computed: (_planned, { id, account }) => ({
      arn: id,
      name: id.split(":").pop(),
      owner: account,
      policy: JSON.stringify({ Version: "2008-10-17", Id: "__default_policy_ID", Statement: [] }),
      tracing_config: "PassThrough",
    }),
  },
  aws_sns_topic_policy: {
    ...put,
    id: ({ arn: topic }) => textOf(topic) ?? "",
    validate: validateJson("policy"),
    computed: (_planned, { account }) => ({ owner: account }),
  },
  aws_sns_topic_subscription: {
    id: ({ topic_arn }, { hash }) => `${textOf(topic_arn) ?? ""}:${uuidFrom(hash("subscription", 32))}`,
    computed: ({ protocol }, { id, account }) => ({
      arn: id,
      owner_id: account,
      pending_confirmation: protocol === "email",
      confirmation_was_authenticated: protocol !== "email",
    }),
  },
  aws_sqs_queue: {
    id: (planned, context) =>
      `https://sqs.${context.region}.${endpointDomain(context)}/${context.account}/${nameFrom("name")(planned, context)}`,
    validate: validateJson("policy"),
    computed: (_planned, context) => {
      const name = context.id.split("/").pop() ?? "";
      return { arn: arn(context, "sqs", name), name, url: context.id, sqs_managed_sse_enabled: true };
    },
  },
  aws_cloudtrail: {
    id: ({ name }, context) => arn(context, "cloudtrail", `trail/${textOf(name) ?? ""}`),
    computed: ({ sns_topic_name }, context) => {
      const topic = textOf(sns_topic_name) ?? "";
      const topicArn = topic === "" || topic.startsWith("arn:") ? topic : arn(context, "sns", topic);
      return { arn: context.id, home_region: context.region, sns_topic_arn: topicArn };
    },
    // Of a topic in the trail's own account and region, CloudTrail returns the name.
    returned: ({ sns_topic_name }, context) => {
      const topic = textOf(sns_topic_name) ?? "";
      const own = arn(context, "sns", "");
      return topic.startsWith(own) ? { sns_topic_name: topic.slice(own.length) } : {};
    },
  },
};
