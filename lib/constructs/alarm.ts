import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { LayerStack } from "../layer/stack";

/** What CloudWatch measures, and how its values in a period become one. */
interface Metric {
  readonly namespace: string;
  readonly name: string;
  /** None: the sum over everything in the account and region. */
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum";
}

/** A condition that an operator should hear of. */
export interface Alarm {
  /** What is wrong and what to look at first; it is all that an e-mail says. */
  readonly description: string;
  readonly metric: Metric;
  readonly threshold: { readonly above: number } | { readonly below: number };
  /** Length of a period; five minutes unless told. */
  readonly periodSeconds?: number;
  /** Periods in a row beyond the threshold before anybody is told; one unless told. */
  readonly periods?: number;
  /** Whether silence is bad news; services that have nothing to report usually send nothing. */
  readonly missingDataIsBad?: boolean;
  /** Topic that hears of the alarm and of its end. */
  readonly topicArn: string;
}

/** Adds an alarm that tells a topic when a metric goes beyond a threshold, and when it is back. */
export function addAlarm(stack: LayerStack, id: string, alarm: Alarm): CloudwatchMetricAlarm {
  const { metric, threshold, topicArn } = alarm;
  return new CloudwatchMetricAlarm(stack, `${id}-alarm`, {
    alarmName: stack.named("alarm", id),
    alarmDescription: alarm.description,
    namespace: metric.namespace,
    metricName: metric.name,
    ...(metric.dimensions === undefined ? {} : { dimensions: metric.dimensions }),
    statistic: metric.statistic,
    period: alarm.periodSeconds ?? 300,
    evaluationPeriods: alarm.periods ?? 1,
    ...("above" in threshold
      ? { comparisonOperator: "GreaterThanThreshold", threshold: threshold.above }
      : { comparisonOperator: "LessThanThreshold", threshold: threshold.below }),
    treatMissingData: alarm.missingDataIsBad ? "breaching" : "notBreaching",
    actionsEnabled: true,
    alarmActions: [topicArn],
    okActions: [topicArn],
  });
}
