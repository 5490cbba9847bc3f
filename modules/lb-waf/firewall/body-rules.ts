import type { Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { type Condition, type Statement, visibility } from "./waf-statement";

/** Managed rules that inspect the body as text, by rule group, with the label that each adds to a request. */
export const bodyRules = {
  common: {
    CrossSiteScripting_BODY: "awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body",
    EC2MetaDataSSRF_BODY: "awswaf:managed:aws:core-rule-set:EC2MetaDataSSRF_Body",
    GenericLFI_BODY: "awswaf:managed:aws:core-rule-set:GenericLFI_Body",
    GenericRFI_BODY: "awswaf:managed:aws:core-rule-set:GenericRFI_Body",
  },
  sqlInjection: {
    SQLi_BODY: "awswaf:managed:aws:sql-database:SQLi_Body",
    SQLiExtendedPatterns_BODY: "awswaf:managed:aws:sql-database:SQLiExtendedPatterns_Body",
  },
} as const;

/** Labels of requests to block, without those of rules that only count. */
export function blockingLabels(
  counted: Readonly<Record<keyof typeof bodyRules, readonly string[]>>,
): string[] {
  const labels = (group: keyof typeof bodyRules) =>
    Object.entries(bodyRules[group]).filter(([rule]) => !counted[group].includes(rule));
  return [...labels("common"), ...labels("sqlInjection")].map(([, label]) => label);
}

/** Inputs of the rule on labelled requests. */
export interface BodyRule {
  readonly priority: number;
  readonly labels: readonly string[];
  readonly action: NonNullable<Wafv2WebAclRule["action"]>;
}

/**
 * Applies the action to requests labelled by body rules, except gRPC, whose binary messages can contain quotes, tags and
 * paths by chance. Only requests that the load balancer routes as gRPC are exempt, and only from the body rules.
 */
export function bodiesExceptGrpc({ priority, labels, action }: BodyRule): Wafv2WebAclRule[] {
  if (labels.length === 0) return [];
  const name = "bodies-except-grpc";
  const statement: Statement = {
    and_statement: { statement: [anyOf(labels), { not_statement: { statement: [grpc] } }] },
  };
  return [{ name, priority, action, statement, visibilityConfig: visibility(name) }];
}

const grpc: Condition = {
  byte_match_statement: {
    search_string: "application/grpc",
    positional_constraint: "STARTS_WITH",
    field_to_match: { single_header: { name: "content-type" } },
    text_transformation: [{ priority: 0, type: "LOWERCASE" }],
  },
};

/** An OR statement requires at least two statements. */
function anyOf(labels: readonly string[]): Condition {
  const [first, ...others] = labels.map((key): Condition => ({
    label_match_statement: { scope: "LABEL", key },
  }));
  return first !== undefined && others.length === 0
    ? first
    : { or_statement: { statement: first === undefined ? [] : [first, ...others] } };
}
