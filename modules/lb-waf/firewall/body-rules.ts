import type { Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { type Condition, type Statement, visibility } from "./waf-statement";

/** Managed rules that read a body as text, by group, and the label that each leaves on a request when it only counts. */
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

/** The labels that lead to a block, given the rules that are meant to count only. */
export function blockingLabels(
  counted: Readonly<Record<keyof typeof bodyRules, readonly string[]>>,
): string[] {
  const labels = (group: keyof typeof bodyRules) =>
    Object.entries(bodyRules[group]).filter(([rule]) => !counted[group].includes(rule));
  return [...labels("common"), ...labels("sqlInjection")].map(([, label]) => label);
}

/** What a rule does with a request that it matches. */
export interface BodyRule {
  readonly priority: number;
  readonly labels: readonly string[];
  readonly action: NonNullable<Wafv2WebAclRule["action"]>;
}

/**
 * Acts on a body that a managed rule found bad, unless it is gRPC: its messages are binary, and chance puts quotes, tags
 * and paths into them. Only content that the load balancer itself takes for gRPC is exempt, and only its body.
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

/** AWS wants two statements or more in an "or". */
function anyOf(labels: readonly string[]): Condition {
  const [first, ...others] = labels.map((key): Condition => ({
    label_match_statement: { scope: "LABEL", key },
  }));
  return first !== undefined && others.length === 0
    ? first
    : { or_statement: { statement: first === undefined ? [] : [first, ...others] } };
}
