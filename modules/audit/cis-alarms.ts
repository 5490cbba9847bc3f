import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { addAlarm } from "../../lib/constructs/alarm";
import type { LayerStack } from "../../lib/layer/stack";
import { watchedCalls } from "./cis-events";

/** Adds a metric filter and an alarm for each kind of API call in the CIS benchmark. */
export function addCisAlarms(stack: LayerStack, logGroupName: string, topicArn: string): void {
  const namespace = metricNamespace(stack.environment.name);
  for (const [name, { description, pattern }] of Object.entries(watchedCalls)) {
    new CloudwatchLogMetricFilter(stack, `${name}-metric`, {
      name: stack.named("alarm", name),
      logGroupName,
      pattern,
      metricTransformation: { name, namespace, value: "1" },
    });
    addAlarm(stack, name, {
      description,
      metric: { namespace, name, statistic: "Sum" },
      threshold: { above: 0 },
      topicArn,
    });
  }
}

/** CloudWatch reserves namespaces that begin with "AWS/": https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
function metricNamespace(environment: string): string {
  return environment === "aws" ? `trail/${environment}` : `${environment}/trail`;
}
