import type { Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import type { WafSettings } from "./settings";

/** A group of rules that AWS maintains, by the word used in settings. */
export type ManagedGroup = keyof WafSettings["countedRules"];

/** Rules that count instead of block, by the managed group they belong to. */
export type CountedRules = Readonly<Partial<Record<ManagedGroup, readonly string[]>>>;

/** `statement` as Terraform names its fields: cdktf declares it as any and passes it on without converting names. */
type Statement =
  { readonly rate_based_statement: RateBased } | { readonly managed_rule_group_statement: ManagedRuleGroup };

interface RateBased {
  readonly aggregate_key_type: "IP";
  readonly limit: number;
  readonly evaluation_window_sec: number;
}

interface ManagedRuleGroup {
  readonly vendor_name: "AWS";
  readonly name: string;
  readonly rule_action_override?: readonly { readonly name: string; readonly action_to_use: object }[];
}

/** Cheapest first: what an early rule blocks, no later rule inspects. 1,127 of the 1,500 capacity units of a web ACL. */
const managedGroups: Readonly<Record<ManagedGroup, string>> = {
  ipReputation: "AWSManagedRulesAmazonIpReputationList",
  knownBadInputs: "AWSManagedRulesKnownBadInputsRuleSet",
  common: "AWSManagedRulesCommonRuleSet",
  sqlInjection: "AWSManagedRulesSQLiRuleSet",
};

/** Every rule of a web ACL, in the order of their priorities. */
export function webAclRules(settings: WafSettings, counted: CountedRules): Wafv2WebAclRule[] {
  // Object.keys widens the keys of a record to string.
  const groups = Object.keys(managedGroups) as ManagedGroup[];
  return [
    rateLimit(settings.rateLimit),
    ...groups.map((group, index) => {
      const names = new Set([...(counted[group] ?? []), ...settings.countedRules[group]]);
      return managedGroup(managedGroups[group], index + 1, [...names]);
    }),
  ];
}

function rateLimit({ requests, windowSeconds }: WafSettings["rateLimit"]): Wafv2WebAclRule {
  const name = "rate-limit";
  return {
    name,
    priority: 0,
    action: { block: { customResponse: { responseCode: 429 } } },
    statement: statement({
      rate_based_statement: {
        aggregate_key_type: "IP",
        limit: requests,
        evaluation_window_sec: windowSeconds,
      },
    }),
    visibilityConfig: visibility(name),
  };
}

function managedGroup(name: string, priority: number, counted: readonly string[]): Wafv2WebAclRule {
  const overrides = counted.map((rule) => ({ name: rule, action_to_use: { count: {} } }));
  return {
    name,
    priority,
    overrideAction: { none: {} },
    statement: statement({
      managed_rule_group_statement: {
        vendor_name: "AWS",
        name,
        ...(overrides.length > 0 ? { rule_action_override: overrides } : {}),
      },
    }),
    visibilityConfig: visibility(name),
  };
}

/** Metrics and samples of one rule, or of a whole web ACL. */
export function visibility(metricName: string): Wafv2WebAclRule["visibilityConfig"] {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}

function statement(typed: Statement): Statement {
  return typed;
}
