import { watchedCalls } from "../../../modules/audit/cis-events";
import type { Cases, Resources } from "../case";
import { policyOf, roleThatMay, trailWatchedFor } from "../resources";

/** A trail whose key allows one action to CloudTrail. */
function trailWithKey(Action: string): Resources {
  const Principal = { Service: "cloudtrail.amazonaws.com" };
  const policy = policyOf({ Effect: "Allow", Principal, Action, Resource: "*" });
  return {
    aws_cloudtrail: { trail: { kms_key_id: "${aws_kms_key.logs.arn}" } },
    aws_kms_key: { logs: { policy } },
  };
}

const byBudgets = {
  Effect: "Allow",
  Principal: { Service: ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"] },
  Action: "sns:Publish",
};

const topicWith = (statement: object) => ({
  aws_sns_topic_policy: {
    alarms: { policy: policyOf({ Effect: "Allow", Action: "sns:Publish", ...statement }) },
  },
});

export const auditCases = {
  "trail-regions": {
    passing: { aws_cloudtrail: { trail: { is_multi_region_trail: true } } },
    violating: { aws_cloudtrail: { trail: {} } },
  },
  "trail-validation": {
    passing: { aws_cloudtrail: { trail: { enable_log_file_validation: true } } },
    violating: { aws_cloudtrail: { trail: {} } },
  },
  "trail-encrypted": {
    passing: { aws_cloudtrail: { trail: { kms_key_id: "key" } } },
    violating: { aws_cloudtrail: { trail: {} } },
  },
  "trail-log-group": {
    passing: {
      aws_cloudwatch_log_group: { trail: {} },
      aws_cloudtrail: {
        trail: {
          cloud_watch_logs_group_arn: "${aws_cloudwatch_log_group.trail.arn}:*",
          cloud_watch_logs_role_arn: "role",
        },
      },
    },
    violating: { aws_cloudtrail: { trail: {} } },
  },
  "trail-topic": {
    passing: { aws_cloudtrail: { trail: { sns_topic_name: "trail" } } },
    violating: { aws_cloudtrail: { trail: {} } },
  },
  "trail-enabled": {
    passing: { aws_cloudtrail: { trail: {} } },
    violating: { aws_cloudtrail: { trail: { enable_logging: false } } },
  },
  "trail-bucket": {
    passing: {
      aws_cloudtrail: { trail: { s3_bucket_name: "${aws_s3_bucket.trail.id}" } },
      aws_s3_bucket: { trail: {} },
      aws_s3_bucket_public_access_block: { trail: { bucket: "${aws_s3_bucket.trail.id}" } },
      aws_s3_bucket_logging: { trail: { bucket: "${aws_s3_bucket.trail.id}" } },
    },
    violating: {
      aws_cloudtrail: { trail: { s3_bucket_name: "${aws_s3_bucket.trail.id}" } },
      aws_s3_bucket: { trail: {} },
    },
  },
  "trail-decryption": {
    passing: trailWithKey("kms:Decrypt"),
    violating: trailWithKey("kms:GenerateDataKey*"),
  },
  "trail-objects": {
    passing: {
      aws_cloudtrail: {
        trail: {
          advanced_event_selector: [
            {
              field_selector: [
                { field: "eventCategory", equals: ["Data"] },
                { field: "resources.type", equals: ["AWS::S3::Object"] },
              ],
            },
          ],
        },
      },
    },
    violating: {
      aws_cloudtrail: {
        trail: {
          advanced_event_selector: [{ field_selector: [{ field: "eventCategory", equals: ["Management"] }] }],
        },
      },
    },
  },
  "trail-alarms": {
    passing: trailWatchedFor(...Object.values(watchedCalls).map(({ pattern }) => pattern)),
    violating: trailWatchedFor('{ $.userIdentity.type = "Root" }'),
  },
  "log-creation": {
    passing: roleThatMay({ Action: "logs:CreateLogStream", Resource: "log:*" }),
    violating: roleThatMay({ Action: "logs:Create*", Resource: "log:*" }),
  },
  "log-encrypted": {
    passing: { aws_cloudwatch_log_group: { flow: { kms_key_id: "key" } } },
    violating: { aws_cloudwatch_log_group: { flow: {} } },
  },
  "log-retention": {
    passing: { aws_cloudwatch_log_group: { flow: { retention_in_days: 365 } } },
    violating: { aws_cloudwatch_log_group: { flow: { retention_in_days: 30 }, other: {} } },
  },
  "alarm-actions": {
    passing: { aws_cloudwatch_metric_alarm: { nat: { alarm_actions: ["topic"], actions_enabled: true } } },
    violating: { aws_cloudwatch_metric_alarm: { nat: { alarm_actions: ["topic"], actions_enabled: false } } },
  },
  "budget-publisher": {
    passing: {
      aws_budgets_budget: { budget: {} },
      aws_sns_topic_policy: { alarms: { policy: policyOf(byBudgets) } },
    },
    violating: { aws_sns_topic_policy: { alarms: { policy: policyOf(byBudgets) } } },
  },
  "topic-private": {
    passing: topicWith({
      Principal: "*",
      Condition: { StringEquals: { "aws:SourceOwner": "111122223333" } },
    }),
    violating: [
      topicWith({ Principal: { AWS: "*" } }),
      topicWith({ Principal: "*", Condition: { StringNotEquals: { "aws:SourceOwner": "111122223333" } } }),
    ],
  },
  "topic-accounts": {
    passing: topicWith({ Principal: { Service: "cloudwatch.amazonaws.com" } }),
    violating: topicWith({ Principal: { AWS: "arn:aws:iam::444455556666:root" } }),
  },
  "topic-encrypted": {
    passing: { aws_sns_topic: { alarms: { kms_master_key_id: "key" } } },
    violating: { aws_sns_topic: { alarms: { kms_master_key_id: "alias/aws/sns" } } },
  },
} satisfies Cases;
