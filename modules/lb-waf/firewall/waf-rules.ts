import type { Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import type { RuleScope } from "../../../lib/constructs/nat-exemption";
import { blockingLabels, bodiesExceptGrpc, bodyRules } from "./body-rules";
import type { WafSettings } from "../settings";
import { type Statement, visibility } from "./waf-statement";

/** Name of an AWS managed rule group in the settings. */
type ManagedGroup = keyof WafSettings["countedRules"];

/** Properties of the requests to one load balancer. */
export interface Traffic {
  /** Rules that legitimate requests match: they count instead of block. */
  readonly counted: Readonly<Partial<Record<ManagedGroup, readonly string[]>>>;
  /** Whether the requests include gRPC. */
  readonly grpc: boolean;
  /** The requests that the rate limit counts. */
  readonly limited: RuleScope;
}

/** In order of cost: requests blocked by a rule are not inspected by later rules. All rules use 1,146 of 1,500 WCUs. */
const managedGroups: Readonly<Record<ManagedGroup, string>> = {
  ipReputation: "AWSManagedRulesAmazonIpReputationList",
  knownBadInputs: "AWSManagedRulesKnownBadInputsRuleSet",
  common: "AWSManagedRulesCommonRuleSet",
  sqlInjection: "AWSManagedRulesSQLiRuleSet",
};

/** Rules of knownBadInputs that a legitimate request may match; the others detect exploits, and block in every mode. */
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
export function webAclRules(settings: WafSettings, { counted, grpc, limited }: Traffic): Wafv2WebAclRule[] {
  const countedRules = (group: ManagedGroup) => [
    ...new Set([...(counted[group] ?? []), ...settings.countedRules[group]]),
  ];
  // Object.keys widens the keys of a record to string.
  const groups = Object.keys(managedGroups) as ManagedGroup[];
  const rules = [
    rateLimit(settings, limited),
    ...groups.map((group, index) => {
      const rules = new Set([...countedRules(group), ...(grpc ? bodyRulesOf(group) : [])]);
      return managedGroup(group, { priority: index + 1, counted: [...rules], mode: settings.mode });
    }),
  ];
  if (!grpc) return rules;
  const labels = blockingLabels({
    common: countedRules("common"),
    sqlInjection: countedRules("sqlInjection"),
  });
  return [...rules, ...bodiesExceptGrpc({ priority: rules.length, labels, action: block(settings.mode) })];
}

function bodyRulesOf(group: ManagedGroup): readonly string[] {
  return group === "common" || group === "sqlInjection" ? Object.keys(bodyRules[group]) : [];
}

function rateLimit(
  { rateLimit: { requests, windowSeconds }, mode }: WafSettings,
  limited: RuleScope,
): Wafv2WebAclRule {
  const name = "rate-limit";
  const statement: Statement = {
    rate_based_statement: {
      aggregate_key_type: "IP",
      limit: requests,
      evaluation_window_sec: windowSeconds,
      ...limited,
    },
  };
  const action = block(mode, { customResponse: { responseCode: 429 } });
  return { name, priority: 0, action, statement, visibilityConfig: visibility(name) };
}

/** Action of a custom rule: count in count mode. */
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
