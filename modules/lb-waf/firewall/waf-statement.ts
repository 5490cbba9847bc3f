import type { Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import type { RuleScope } from "../../../lib/constructs/nat-exemption";

/** Statement of a rule, with Terraform's field names: cdktf types it as any and does not convert names. */
export type Statement =
  | { readonly rate_based_statement: RateBased }
  | { readonly managed_rule_group_statement: ManagedRuleGroup }
  | Condition;

/** Condition on a request, or on the labels that earlier rules added to it. */
export type Condition =
  | { readonly label_match_statement: { readonly scope: "LABEL"; readonly key: string } }
  | { readonly byte_match_statement: ByteMatch }
  | { readonly not_statement: { readonly statement: readonly [Condition] } }
  | { readonly and_statement: { readonly statement: readonly Condition[] } }
  | { readonly or_statement: { readonly statement: readonly Condition[] } };

interface RateBased extends RuleScope {
  readonly aggregate_key_type: "IP";
  readonly limit: number;
  readonly evaluation_window_sec: number;
}

interface ManagedRuleGroup {
  readonly vendor_name: "AWS";
  readonly name: string;
  readonly rule_action_override?: readonly { readonly name: string; readonly action_to_use: object }[];
}

interface ByteMatch {
  readonly search_string: string;
  readonly positional_constraint: "STARTS_WITH";
  readonly field_to_match: { readonly single_header: { readonly name: string } };
  readonly text_transformation: readonly { readonly priority: number; readonly type: "LOWERCASE" }[];
}

/** Metrics and samples of one rule, or of a whole web ACL. */
export function visibility(metricName: string): Wafv2WebAclRule["visibilityConfig"] {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
