import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import type { Lb } from "@cdktf/provider-aws/lib/lb";
import { addAlarm } from "../../lib/constructs/alarm";
import type { LayerStack } from "../../lib/layer/stack";

/** Adds alarms on errors of the proxy and of the load balancer. */
export function addAlarms(
  stack: LayerStack,
  {
    proxy,
    loadBalancer,
    topicArn,
  }: { readonly proxy: LambdaFunction; readonly loadBalancer: Lb; readonly topicArn: string },
): void {
  addAlarm(stack, "release-service-errors", {
    description: "The release service's proxy returns errors: see the latest errors in its log group",
    metric: {
      namespace: "AWS/Lambda",
      name: "Errors",
      dimensions: { FunctionName: proxy.functionName },
      statistic: "Sum",
    },
    threshold: { above: 5 },
    topicArn,
  });
  addAlarm(stack, "release-service-5xx", {
    description:
      "The release service's load balancer returns 5xx errors: check the proxy for throttling and timeouts",
    metric: {
      namespace: "AWS/ApplicationELB",
      name: "HTTPCode_ELB_5XX_Count",
      dimensions: { LoadBalancer: loadBalancer.arnSuffix },
      statistic: "Sum",
    },
    threshold: { above: 10 },
    topicArn,
  });
}
