import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { hostCondition } from "../../../lib/constructs/host-condition";
import type { LayerStack } from "../../../lib/layer/stack";
import type { Hosts } from "../hosts";

/** Inputs of the load balancer. */
export interface LoadBalancerInputs {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly certificateArn: string;
  readonly accessLogBucket: string;
  readonly hosts: Hosts;
  readonly proxy: LambdaFunction;
}

/** Adds the load balancer that terminates TLS and invokes the proxy for the service's host names only. */
export function addLoadBalancer(stack: LayerStack, given: LoadBalancerInputs): Lb {
  const loadBalancer = new Lb(stack, "load-balancer", {
    name: stack.named("loadBalancer", "release"),
    loadBalancerType: "application",
    internal: false,
    subnets: [...given.subnetIds],
    securityGroups: [...given.securityGroupIds],
    enableDeletionProtection: stack.deletionProtection,
    dropInvalidHeaderFields: true,
    desyncMitigationMode: "defensive",
    accessLogs: { bucket: given.accessLogBucket, enabled: true },
  });
  const listener = new LbListener(stack, "https", {
    loadBalancerArn: loadBalancer.arn,
    port: 443,
    protocol: "HTTPS",
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    certificateArn: given.certificateArn,
    defaultAction: [
      { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } },
    ],
  });
  new LbListenerRule(stack, "https-to-proxy", {
    listenerArn: listener.arn,
    priority: 1,
    condition: [hostCondition(...Object.values(given.hosts))],
    action: [{ type: "forward", targetGroupArn: addTargetGroup(stack, given.proxy) }],
  });
  return loadBalancer;
}

function addTargetGroup(stack: LayerStack, proxy: LambdaFunction): string {
  const group = new LbTargetGroup(stack, "proxy-target-group", {
    name: stack.named("targetGroup", "release"),
    targetType: "lambda",
    // Otherwise the function receives only the last of repeated headers, e.g. of several Accept headers.
    lambdaMultiValueHeadersEnabled: true,
    healthCheck: { enabled: true, path: "/health", matcher: "200", interval: 60, timeout: 30 },
  });
  const permission = new LambdaPermission(stack, "proxy-permission", {
    statementId: "load-balancer",
    action: "lambda:InvokeFunction",
    functionName: proxy.functionName,
    principal: "elasticloadbalancing.amazonaws.com",
    sourceArn: group.arn,
    sourceAccount: stack.environment.account,
  });
  return new LbTargetGroupAttachment(stack, "proxy-attachment", {
    targetGroupArn: group.arn,
    targetId: proxy.arn,
    dependsOn: [permission],
  }).targetGroupArn;
}
