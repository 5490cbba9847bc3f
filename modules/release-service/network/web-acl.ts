import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import type { Lb } from "@cdktf/provider-aws/lib/lb";
import { Wafv2WebAcl, type Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { policyDocument } from "../../../lib/constructs/iam-policy";
import { exemptNat, type RuleScope } from "../../../lib/constructs/nat-exemption";
import type { NatSource } from "../../../lib/constructs/nat-sources";
import { webAclLogging } from "../../../lib/constructs/web-acl-logging";
import type { LayerStack } from "../../../lib/layer/stack";
import type { Settings } from "../settings";
import type { Logs } from "../logs";

/** Managed rule groups with the rules that only count, in order of cost: blocked requests are not inspected further. */
const managedGroups: Readonly<Record<string, readonly string[]>> = {
  AWSManagedRulesAmazonIpReputationList: [],
  AWSManagedRulesKnownBadInputsRuleSet: [],
  // Files with any extension are served.
  AWSManagedRulesCommonRuleSet: ["RestrictedExtensions_URIPATH"],
  AWSManagedRulesSQLiRuleSet: [],
};

/** Adds the web ACL of the service, and its log with tokens redacted. */
export function addWebAcl(
  stack: LayerStack,
  loadBalancer: Lb,
  given: {
    readonly settings: Settings;
    readonly logs: Logs;
    readonly natSources: readonly NatSource[];
  },
): void {
  const { settings, logs } = given;
  const name = stack.named("webAcl", "release-service");
  const limited = exemptNat(stack, "release-service-nat-addresses", given.natSources);
  const webAcl = new Wafv2WebAcl(stack, "web-acl", {
    name,
    description: "Requests to the release service",
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    rule: [
      rateLimit(settings.requestsPerFiveMinutes, limited),
      ...Object.keys(managedGroups).map(managedGroup),
    ],
    visibilityConfig: visibility(name),
  });
  new Wafv2WebAclAssociation(stack, "web-acl-association", {
    resourceArn: loadBalancer.arn,
    webAclArn: webAcl.arn,
  });
  const { logGroupArn, delivery } = addLogGroup(stack, logs);
  new Wafv2WebAclLoggingConfiguration(stack, "web-acl-log-configuration", {
    resourceArn: webAcl.arn,
    logDestinationConfigs: [logGroupArn],
    ...webAclLogging(settings.loggedRequests),
    dependsOn: [delivery],
  });
}

// cdktf types `statement` as any and does not convert names, so its fields have Terraform's names.
function rateLimit(requests: number, limited: RuleScope): Wafv2WebAclRule {
  const statement = { aggregate_key_type: "IP", limit: requests, evaluation_window_sec: 300, ...limited };
  return {
    name: "rate-limit",
    priority: 0,
    action: { block: { customResponse: { responseCode: 429 } } },
    statement: { rate_based_statement: statement },
    visibilityConfig: visibility("rate-limit"),
  };
}

function managedGroup(name: string, index: number): Wafv2WebAclRule {
  const counted = (managedGroups[name] ?? []).map((rule) => ({ name: rule, action_to_use: { count: {} } }));
  const overrides = counted.length > 0 ? { rule_action_override: counted } : {};
  return {
    name,
    priority: index + 1,
    overrideAction: { none: {} },
    statement: { managed_rule_group_statement: { vendor_name: "AWS", name, ...overrides } },
    visibilityConfig: visibility(name),
  };
}

function visibility(metricName: string): Wafv2WebAclRule["visibilityConfig"] {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}

function addLogGroup(stack: LayerStack, { keyArn, retentionInDays }: Logs) {
  // AWS WAF requires this prefix.
  const name = `aws-waf-logs-${stack.named("logGroup", "release-service")}`;
  const group = new CloudwatchLogGroup(stack, "web-acl-log", { name, kmsKeyId: keyArn, retentionInDays });
  const delivery = new CloudwatchLogResourcePolicy(stack, "web-acl-log-delivery", {
    policyName: stack.named("iamPolicy", "release-service-web-acl-log-delivery"),
    policyDocument: policyDocument([
      {
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: stack.arn("logs", `log-group:${name}:log-stream:*`),
        Condition: {
          StringEquals: { "aws:SourceAccount": stack.environment.account },
          ArnLike: { "aws:SourceArn": stack.arn("logs", "*") },
        },
      },
    ]),
  });
  return { logGroupArn: group.arn, delivery };
}
