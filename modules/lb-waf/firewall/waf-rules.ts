import type { Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { blockingLabels, bodiesExceptGrpc, bodyRules } from "./body-rules";
import type { WafSettings } from "../settings";
import { type Statement, visibility } from "./waf-statement";

/** A group of rules that AWS maintains, by the word used in settings. */
type ManagedGroup = keyof WafSettings["countedRules"];

/** What is known of the requests to one load balancer. */
export interface Traffic {
  /** Rules that legitimate requests break: they count instead of block. */
  readonly counted: Readonly<Partial<Record<ManagedGroup, readonly string[]>>>;
  /** Whether some of it is gRPC. */
  readonly grpc: boolean;
}

/** Cheapest first: what an early rule blocks, no later rule inspects. With the other rules, 1,145 of 1,500 capacity units. */
const managedGroups: Readonly<Record<ManagedGroup, string>> = {
  ipReputation: "AWSManagedRulesAmazonIpReputationList",
  knownBadInputs: "AWSManagedRulesKnownBadInputsRuleSet",
  common: "AWSManagedRulesCommonRuleSet",
  sqlInjection: "AWSManagedRulesSQLiRuleSet",
};

/** Rules of knownBadInputs that a legitimate request may break; the others name exploits, and block in every mode. */
const uncertainBadInputs = [
  "ExploitablePaths_URIPATH",
  "Host_localhost_HEADER",
  "JavaDeserializationRCE_BODY",
  "JavaDeserializationRCE_HEADER",
  "JavaDeserializationRCE_QUERYSTRING",
  "JavaDeserializationRCE_URIPATH",
  "PROPFIND_METHOD",
];

/** Every rule of a web ACL, in the order of their priorities. */
export function webAclRules(settings: WafSettings, { counted, grpc }: Traffic): Wafv2WebAclRule[] {
  const meantToCount = (group: ManagedGroup) => [
    ...new Set([...(counted[group] ?? []), ...settings.countedRules[group]]),
  ];
  // Object.keys widens the keys of a record to string.
  const groups = Object.keys(managedGroups) as ManagedGroup[];
  const rules = [
    rateLimit(settings),
    ...groups.map((group, index) => {
      const rules = new Set([...meantToCount(group), ...(grpc ? bodyRulesOf(group) : [])]);
      return managedGroup(group, { priority: index + 1, counted: [...rules], mode: settings.mode });
    }),
  ];
  if (!grpc) return rules;
  const labels = blockingLabels({
    common: meantToCount("common"),
    sqlInjection: meantToCount("sqlInjection"),
  });
  return [...rules, ...bodiesExceptGrpc({ priority: rules.length, labels, action: block(settings.mode) })];
}

function bodyRulesOf(group: ManagedGroup): readonly string[] {
  return group === "common" || group === "sqlInjection" ? Object.keys(bodyRules[group]) : [];
}

function rateLimit({ rateLimit: { requests, windowSeconds }, mode }: WafSettings): Wafv2WebAclRule {
  const name = "rate-limit";
  const statement: Statement = {
    rate_based_statement: {
      aggregate_key_type: "IP",
      limit: requests,
      evaluation_window_sec: windowSeconds,
    },
  };
  const action = block(mode, { customResponse: { responseCode: 429 } });
  return { name, priority: 0, action, statement, visibilityConfig: visibility(name) };
}

/** What a rule of our own does: nothing but count while the firewall is being tried out. */
function block(mode: WafSettings["mode"], response = {}): NonNullable<Wafv2WebAclRule["action"]> {
  return mode === "count" ? { count: {} } : { block: response };
}

interface GroupUse {
  readonly priority: number;
  readonly counted: readonly string[];
  readonly mode: WafSettings["mode"];
}

function managedGroup(group: ManagedGroup, { priority, counted, mode }: GroupUse): Wafv2WebAclRule {
  const name = managedGroups[group];
  const isTrial = mode === "count";
  const keepsBlocking = group === "knownBadInputs";
  const names = isTrial && keepsBlocking ? new Set([...counted, ...uncertainBadInputs]) : counted;
  const overrides = [...names].map((rule) => ({ name: rule, action_to_use: { count: {} } }));
  const statement: Statement = {
    managed_rule_group_statement: {
      vendor_name: "AWS",
      name,
      ...(overrides.length > 0 ? { rule_action_override: overrides } : {}),
    },
  };
  return {
    name,
    priority,
    overrideAction: isTrial && !keepsBlocking ? { count: {} } : { none: {} },
    statement,
    visibilityConfig: visibility(name),
  };
}
