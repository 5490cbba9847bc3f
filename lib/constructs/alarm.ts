import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { LayerStack } from "../layer/stack";

/** A CloudWatch metric and its statistic. */
interface Metric {
  readonly namespace: string;
  readonly name: string;
  /** Unset: the aggregate over the account and region. */
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum";
}

/** Inputs of an alarm. */
export interface Alarm {
  /** The problem and what to check first; the e-mail notification contains only this text. */
  readonly description: string;
  readonly metric: Metric;
  readonly threshold: { readonly above: number } | { readonly below: number };
  /** Length of a period; default: five minutes. */
  readonly periodSeconds?: number;
  /** Consecutive periods beyond the threshold before the alarm fires; default: 1. */
  readonly periods?: number;
  /** Whether missing data is breaching; many services publish no data points without activity. */
  readonly missingDataIsBad?: boolean;
  /** Topic that is notified on ALARM and OK. */
  readonly topicArn: string;
}

/** Adds an alarm that notifies a topic when a metric exceeds a threshold, and when it recovers. */
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
