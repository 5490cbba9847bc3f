import { z } from "zod";
import { plainText } from "../../lib/layer/environment-schema";
import { logRetentionDays } from "../../lib/aws-facts/log-retention";

const Trail = z.discriminatedUnion("enabled", [
  z.strictObject({
    enabled: z.literal(true).describe("Record every API call of the account, in all regions"),
    cisAlarms: z
      .boolean()
      .default(false)
      .describe(
        "Alarm on the fourteen kinds of API call that the CIS AWS Foundations Benchmark names (about 6 USD a month)",
      ),
    retentionDays: z
      .int()
      .min(90)
      .default(365)
      .describe("Days that recorded API calls are kept in the trail's bucket"),
  }),
  z.strictObject({
    enabled: z.literal(false).describe("Record nothing, because another trail does"),
    reason: plainText.describe("What records the account's API calls instead, e.g. the organisation's trail"),
  }),
]);

const Budget = z.strictObject({
  monthlyUsd: z.number().positive().describe("Expected cost of a month, in USD"),
  thresholdsPercent: z
    .array(z.number().positive().max(1000))
    .min(1)
    .max(5)
    .default([50, 80, 100])
    .describe("Percentages of the month's cost at which somebody is told"),
  covers: z
    .enum(["account", "environment"])
    .default("account")
    .describe(
      "What is counted: the whole account, or what carries the environment's tag, once the tag `environment` is activated as a cost allocation tag",
    ),
});

/** What an environment file may say about the audit layer. */
export const Settings = z.strictObject({
  trail: Trail.default({ enabled: true, cisAlarms: false, retentionDays: 365 }).describe(
    "Record of every API call; an account's second trail costs 2 USD per 100,000 calls, so switch it off where another one exists",
  ),
  logRetentionDays: logRetentionDays
    .default(365)
    .describe("Days that recorded API calls can be searched in CloudWatch"),
  accessLogRetentionDays: z
    .int()
    .min(1)
    .default(365)
    .describe("Days that access logs of load balancers and buckets are kept"),
  alarmEmails: z
    .array(z.email())
    .max(20)
    .default([])
    .describe("Who hears of alarms; each address gets a message that must be confirmed once"),
  dashboard: z
    .boolean()
    .default(true)
    .describe("Make a CloudWatch dashboard (3 USD a month beyond an account's first three)"),
  budget: Budget.optional().describe("Monthly budget; unset: nobody is told what the environment costs"),
});
