import { z } from "zod";
import { emailAddress } from "../../lib/layer/email-address";
import { plainText } from "../../lib/layer/environment-schema";
import { lifecycleDays } from "../../lib/aws-facts/lifecycle-days";
import { logRetentionDays } from "../../lib/aws-facts/log-retention";

const Trail = z.discriminatedUnion("enabled", [
  z.strictObject({
    enabled: z.literal(true).describe("Record all API calls of the account in all regions"),
    cisAlarms: z
      .boolean()
      .default(false)
      .describe(
        "Create alarms on the fifteen kinds of API call in the CIS AWS Foundations Benchmark (about 6 USD a month)",
      ),
    retentionDays: lifecycleDays(90)
      .default(365)
      .describe("Retention of CloudTrail log files in the trail's bucket in days"),
  }),
  z.strictObject({
    enabled: z.literal(false).describe("Create no trail, because another one records API calls"),
    reason: plainText.describe(
      "The trail that records the account's API calls instead, e.g. the organisation's",
    ),
  }),
]);

const Budget = z.strictObject({
  monthlyUsd: z
    .number()
    .positive()
    // Numbers outside of these would be written with an exponent, which AWS Budgets does not accept:
    // https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Spend.html
    .multipleOf(0.01)
    .max(1_000_000_000)
    .describe("Monthly budget in USD"),
  thresholdsPercent: z
    .array(z.number().positive().max(1000))
    .min(1)
    .max(5)
    .default([50, 80, 100])
    .describe("Percentages of the budget at which the topic is notified"),
  covers: z
    .enum(["account", "environment"])
    .default("account")
    .describe(
      "Costs of the whole account, or of resources with the environment's tag, whose key, `environment` by default, must be an activated cost allocation tag",
    ),
});

/** Settings of the audit layer in an environment file. */
export const Settings = z.strictObject({
  trail: Trail.default({ enabled: true, cisAlarms: false, retentionDays: 365 }).describe(
    "CloudTrail trail of all API calls; a second trail in an account costs 2 USD per 100,000 events, so disable it if another one exists",
  ),
  logRetentionDays: logRetentionDays
    .default(365)
    .describe("Retention of recorded API calls in CloudWatch Logs in days"),
  accessLogRetentionDays: lifecycleDays(1)
    .default(365)
    .describe("Retention of access logs of load balancers and buckets in days"),
  alarmEmails: z
    .array(emailAddress)
    .max(20)
    .default([])
    .describe("E-mail addresses subscribed to the alarm topic; each subscription must be confirmed"),
  dashboard: z
    .boolean()
    .default(true)
    .describe("Create a CloudWatch dashboard (3 USD a month; the first three of an account are free)"),
  budget: Budget.optional().describe("Monthly budget; unset: none"),
});
