import { managedRuleGroupConfigs } from "./managed-rule-groups";
import { nested, type Nested, type Times } from "./nested-block";
import { fieldToMatch, textTransformation } from "./request-parts";

/**
 * Levels of and, or and not that may stand below a rule, and below a scope-down. The provider has three and two:
 * its full depth doubles the time that Terraform spends on the schema of the whole provider in every command.
 */
const depths = { rule: 2, scopeDown: 1 };

/**
 * `rule.statement`, which cdktf leaves out of its bindings because the service lets statements contain statements
 * without end; the provider unrolls that to a fixed depth.
 */
export function statement(kind: "web acl" | "rule group", depth = depths): Nested {
  const scoped = nested("one", level(depth.scopeDown));
  const groups = kind === "web acl" ? groupStatements(scoped) : {};
  return nested("one!", { ...level(depth.rule), rate_based_statement: rateBased(scoped), ...groups });
}

type Members = Record<string, Nested>;

/** Everything that may stand in a statement that has so many levels of and, or and not below it. */
function level(below: number): Members {
  if (below === 0) return leaves;
  const logic = nested("one", { statement: nested("many!", level(below - 1)) });
  return { ...leaves, and_statement: logic, or_statement: logic, not_statement: logic };
}

const inspected = { field_to_match: fieldToMatch, text_transformation: textTransformation };
const forwarded = nested("one", { "fallback_behavior!": "string", "header_name!": "string" });
const forwardedAt = nested("one", {
  "fallback_behavior!": "string",
  "header_name!": "string",
  "position!": "string",
});

const leaves: Members = {
  asn_match_statement: nested("one", { "asn_list!": ["list", "number"], forwarded_ip_config: forwarded }),
  byte_match_statement: nested("one", {
    "positional_constraint!": "string",
    "search_string!": "string",
    ...inspected,
  }),
  geo_match_statement: nested("one", {
    "country_codes!": ["list", "string"],
    forwarded_ip_config: forwarded,
  }),
  ip_set_reference_statement: nested("one", { "arn!": "string", ip_set_forwarded_ip_config: forwardedAt }),
  label_match_statement: nested("one", { "key!": "string", "scope!": "string" }),
  regex_match_statement: nested("one", { "regex_string!": "string", ...inspected }),
  regex_pattern_set_reference_statement: nested("one", { "arn!": "string", ...inspected }),
  size_constraint_statement: nested("one", {
    "comparison_operator!": "string",
    "size!": "number",
    ...inspected,
  }),
  sqli_match_statement: nested("one", { "sensitivity_level?": "string", ...inspected }),
  xss_match_statement: nested("one", inspected),
};

function rateBased(scoped: Nested): Nested {
  const named = nested("one", { "name!": "string", text_transformation: textTransformation });
  const whole = nested("one", { text_transformation: textTransformation });
  const fingerprint = nested("one", { "fallback_behavior!": "string" });
  const customKey = nested("many", {
    cookie: named,
    header: named,
    query_argument: named,
    query_string: whole,
    uri_path: whole,
    forwarded_ip: nested("one"),
    http_method: nested("one"),
    ip: nested("one"),
    ja3_fingerprint: fingerprint,
    ja4_fingerprint: fingerprint,
    label_namespace: nested("one", { "namespace!": "string" }),
  });
  return nested("one", {
    "limit!": "number",
    "aggregate_key_type?": "string",
    "evaluation_window_sec?": "number",
    custom_key: { ...customKey, max_items: 5 },
    forwarded_ip_config: forwarded,
    scope_down_statement: scoped,
  });
}

/** Statements about whole groups of rules, which a rule group itself cannot hold. */
function groupStatements(scoped: Nested): Members {
  return {
    managed_rule_group_statement: nested("one", {
      "name!": "string",
      "vendor_name!": "string",
      "version?": "string",
      managed_rule_group_configs: managedRuleGroupConfigs,
      rule_action_override: ruleActionOverride(),
      scope_down_statement: scoped,
    }),
    rule_group_reference_statement: nested("one", {
      "arn!": "string",
      rule_action_override: ruleActionOverride(),
    }),
  };
}

function ruleActionOverride(): Nested {
  const header = (times: Times): Nested => nested(times, { "name!": "string", "value!": "string" }, "set");
  const handled = nested("one", {
    custom_request_handling: nested("one", { insert_header: header("many!") }),
  });
  const response = nested("one", {
    "custom_response_body_key?": "string",
    "response_code!": "number",
    response_header: header("many"),
  });
  const action = nested("one!", {
    allow: handled,
    block: nested("one", { custom_response: response }),
    captcha: handled,
    challenge: handled,
    count: handled,
  });
  return { ...nested("many", { "name!": "string", action_to_use: action }), max_items: 100 };
}
