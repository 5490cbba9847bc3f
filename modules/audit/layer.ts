import { defineLayer, type Problem } from "../../lib/layer/layer";
import { text } from "../../lib/layer/outputs";
import { kms } from "../kms/layer";
import { addAccessLogBucket } from "./access-log-bucket";
import { addBudget } from "./budget";
import { addDashboard } from "./dashboard";
import { namesakeCheck } from "./preflight";
import { Settings } from "./settings";
import { trailQuestion } from "./survey";
import { addAlarmTopic } from "./topics";
import { addTrail } from "./trail";

/** API call records, alarm topic and access log bucket. */
export const audit = defineLayer({
  name: "audit",
  summary: "Record of API calls, alarm topic, bucket for access logs, dashboard, budget",
  settings: Settings,
  needs: { kms },
  outputs: {
    topicArn: text("ARN of the SNS topic that the alarms of every layer notify", /:sns:/),
    accessLogBucketName: text(
      "Bucket for access logs of load balancers (without a prefix) and of buckets (below s3/<bucket>/)",
    ),
  },
  check({ environment, settings }): Problem[] {
    if (settings.budget === undefined || environment.partition !== "aws-us-gov") return [];
    return [
      {
        path: ["layers", "audit", "budget"],
        message:
          "AWS GovCloud (US) does not support budgets: its accounts are billed through the associated standard account",
        hint: "Remove it, and create the budget in that account",
      },
    ];
  },
  preflight: ({ environment }) => [namesakeCheck(environment)],
  survey: ({ environment, settings }) => [trailQuestion(environment, settings)],
  build(stack, { settings, from }) {
    const keyArn = from.kms.keyArns.at("logs");
    const { trail, budget } = settings;
    const accessLogBucket = addAccessLogBucket(stack, settings.accessLogRetentionDays);
    const topicArn = addAlarmTopic(stack, {
      keyArn,
      emails: settings.alarmEmails,
      budget: budget !== undefined,
    });
    if (trail.enabled) {
      addTrail(stack, {
        keyArn,
        accessLogBucket,
        alarmTopicArn: topicArn,
        bucketRetentionDays: trail.retentionDays,
        logRetentionDays: settings.logRetentionDays,
        cisAlarms: trail.cisAlarms,
      });
    }
    if (settings.dashboard) addDashboard(stack);
    if (budget !== undefined) addBudget(stack, budget, topicArn);
    return { topicArn, accessLogBucketName: accessLogBucket };
  },
});
