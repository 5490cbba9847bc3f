import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import type { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { policyDocument } from "../../../lib/constructs/iam-policy";
import { webAclLogging } from "../../../lib/constructs/web-acl-logging";
import type { LayerStack } from "../../../lib/layer/stack";
import type { WafSettings } from "../settings";

/** Inputs common to the logs of all web ACLs. */
export interface WebAclLogs {
  readonly webAcls: Readonly<Record<string, Wafv2WebAcl>>;
  readonly requests: WafSettings["loggedRequests"];
  readonly kmsKeyArn: string;
  readonly retentionDays: number;
}

/** Logs the requests that a web ACL inspects, with credentials redacted. */
export function addWebAclLogs(stack: LayerStack, { webAcls, ...logs }: WebAclLogs): void {
  const policy = allowDelivery(stack);
  for (const [name, webAcl] of Object.entries(webAcls)) {
    const group = new CloudwatchLogGroup(stack, `${name}-web-acl-log`, {
      name: logGroupName(stack, name),
      kmsKeyId: logs.kmsKeyArn,
      retentionInDays: logs.retentionDays,
    });
    new Wafv2WebAclLoggingConfiguration(stack, `${name}-web-acl-log-configuration`, {
      resourceArn: webAcl.arn,
      logDestinationConfigs: [group.arn],
      ...webAclLogging(logs.requests),
      dependsOn: [policy],
    });
  }
}

/** AWS WAF requires this prefix. */
function logGroupName(stack: LayerStack, part: string): string {
  return `aws-waf-logs-${stack.named("logGroup", part)}`;
}

// Without this policy AWS creates an unmanaged one; the quota is ten per account and region.
function allowDelivery(stack: LayerStack): CloudwatchLogResourcePolicy {
  const { account } = stack.environment;
  return new CloudwatchLogResourcePolicy(stack, "web-acl-log-delivery", {
    policyName: stack.named("iamPolicy", "web-acl-log-delivery"),
    policyDocument: policyDocument([
      {
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: stack.arn("logs", `log-group:${logGroupName(stack, "*")}:log-stream:*`),
        Condition: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": stack.arn("logs", "*") },
        },
      },
    ]),
  });
}
