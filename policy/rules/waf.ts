import { each, mustHaveCompanion } from "../checks";
import { rules } from "../rule";
import type { SynthesisedJson } from "../../synthesis/environment";
import { type Resource, textsAt, valuesAt } from "../../synthesis/resource";

/** Rules about the web application firewall. */
export const wafRules = rules({
  "web-acl-rules": {
    title: "Every web ACL has rules",
    publicIds: ["CKV_AWS_175", "WAF.10"],
    reason: "A web ACL without rules blocks nothing",
    fix: "Add rules",
    check: each(["aws_wafv2_web_acl"], (acl) => (acl.has("rule") ? undefined : "it has no rules")),
  },
  "web-acl-actions": {
    title: "Every rule of a web ACL has an action",
    publicIds: ["CKV_AWS_342"],
    reason: "A rule without an action does nothing",
    fix: "Set action, or override_action for a group of rules",
    check: each(["aws_wafv2_web_acl", "aws_wafv2_rule_group"], (acl) => {
      const idle = acl
        .values("rule")
        .filter((rule) => [...valuesAt(rule, "action"), ...valuesAt(rule, "override_action")].length === 0);
      return idle.length === 0
        ? undefined
        : `${idle.flatMap((rule) => textsAt(rule, "name")).join(", ")} has no action`;
    }),
  },
  "web-acl-log4j": {
    title: "Every web ACL blocks attacks on Log4j",
    publicIds: ["CKV_AWS_192"],
    reason: "One logged header is enough to execute code in a vulnerable program",
    fix: "Add AWSManagedRulesKnownBadInputsRuleSet with the override action none, and count none of its Log4JRCE rules",
    check: each(["aws_wafv2_web_acl"], (acl) => {
      const group = managedGroups(acl).get("AWSManagedRulesKnownBadInputsRuleSet");
      const counted = textsAt(group, "statement.managed_rule_group_statement.rule_action_override.name");
      const blocks = valuesAt(group, "override_action.none").length > 0;
      return blocks && !counted.some((name) => name.startsWith("Log4JRCE"))
        ? undefined
        : "it does not block attacks on Log4j";
    }),
  },
  "web-acl-groups": {
    title:
      "Every web ACL has the AWS managed rules for common attacks, IP reputation and SQL injection, and a rate limit",
    publicIds: [],
    reason: "Together they block what scanners try first",
    fix: "Add the missing group, or a rate_based_statement by IP",
    check: each(["aws_wafv2_web_acl"], (acl) => {
      const present = managedGroups(acl);
      const missing = wanted.filter((group) => !present.has(group));
      if (missing.length > 0) return `it lacks ${missing.join(", ")}`;
      return acl.has("rule.statement.rate_based_statement") ? undefined : "it has no rate limit";
    }),
  },
  "web-acl-rate-limit-nat": {
    title: "A rate limit by source address exempts the NAT addresses of the environment",
    publicIds: [],
    reason: "All nodes and pods of a zone share one address, and together exceed the limit for one client",
    fix: "Refer to an aws_wafv2_ip_set with the NAT addresses in the not_statement of a scope_down_statement",
    check: each(["aws_wafv2_web_acl"], (acl, synthesised) => {
      const isPublic = synthesised
        .referring(acl, "aws_wafv2_web_acl_association", "web_acl_arn")
        .flatMap((association) => synthesised.targets(association, "resource_arn"))
        .some((balancer) => !balancer.is("internal", true));
      if (!hasNatAddresses(synthesised)) return undefined;
      const limits = acl.values("rule.statement.rate_based_statement");
      const exempt = "scope_down_statement.not_statement.statement.ip_set_reference_statement.arn";
      return isPublic && limits.some((limit) => textsAt(limit, exempt).length === 0)
        ? "its rate limit counts the NAT addresses"
        : undefined;
    }),
  },
  "web-acl-log": {
    title: "Every web ACL logs requests, with credentials redacted",
    publicIds: ["CKV2_AWS_31"],
    reason: "Only the log shows which requests were blocked; tokens in it are disclosed to its readers",
    fix: "Add an aws_wafv2_web_acl_logging_configuration that redacts the headers authorization and cookie",
    check: mustHaveCompanion("aws_wafv2_web_acl", {
      by: "aws_wafv2_web_acl_logging_configuration",
      through: "resource_arn",
      where: (log) =>
        credentials.every((header) => log.texts("redacted_fields.single_header.name").includes(header)),
      without: "its requests are not logged, or credentials are not redacted",
    }),
  },
  "web-acl-log-filter": {
    title: "A filter of a web ACL's log keeps what rules block or count",
    publicIds: [],
    reason: "These are the requests that show an attack, or a rule that blocks legitimate clients",
    fix: "In logging_filter, keep the actions BLOCK, COUNT and EXCLUDED_AS_COUNT (counted rules of managed groups) with the requirement MEETS_ANY",
    check: each(["aws_wafv2_web_acl_logging_configuration"], (log) => {
      const drops = [
        ...log.texts("logging_filter.default_behavior"),
        ...log.texts("logging_filter.filter.behavior"),
      ].includes("DROP");
      const kept = log
        .values("logging_filter.filter")
        .filter(
          (filter) =>
            textsAt(filter, "behavior")[0] === "KEEP" && textsAt(filter, "requirement")[0] === "MEETS_ANY",
        )
        .flatMap((filter) => textsAt(filter, "condition.action_condition.action"));
      const lost = drops ? logged.filter((action) => !kept.includes(action)) : [];
      return lost.length === 0 ? undefined : `it drops requests with the action ${lost.join(", ")}`;
    }),
  },
  "web-acl-metrics": {
    title: "Every rule of a web ACL has metrics",
    publicIds: ["WAF.12"],
    reason: "Without metrics, false positives of a rule cannot be detected",
    fix: "Set visibility_config.cloudwatch_metrics_enabled of each rule to true",
    check: each(["aws_wafv2_web_acl", "aws_wafv2_rule_group"], (acl) =>
      [acl.given, ...acl.values("rule")].every(
        (part) => textsAt(part, "visibility_config.cloudwatch_metrics_enabled")[0] === "true",
      )
        ? undefined
        : "it has rules without metrics",
    ),
  },
});

const wanted = [
  "AWSManagedRulesCommonRuleSet",
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesSQLiRuleSet",
];

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_ActionCondition.html */
const logged = ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"];

const credentials = ["authorization", "cookie"];

/** The rules of a web ACL that refer to AWS managed rule groups, by the name of the group. */
function managedGroups(acl: Resource): ReadonlyMap<string, unknown> {
  const named = acl
    .values("rule")
    .flatMap((rule) =>
      textsAt(rule, "statement.managed_rule_group_statement.name").map((name) => [name, rule] as const),
    );
  return new Map(named);
}

/** False for an existing network whose nodes and pods have no address that is known. */
function hasNatAddresses(synthesised: SynthesisedJson): boolean {
  const addresses = synthesised.output("vpc", "natPublicIps");
  return typeof addresses !== "object" || addresses === null || Object.keys(addresses).length > 0;
}
