import { each } from "../../checks";
import { textsAt } from "../../../synthesis/resource";
import type { Rule } from "../../rule";

export const webAclMetrics: Rule = {
  id: "web-acl-metrics",
  title: "Every rule of a web ACL has metrics",
  publicIds: ["WAF.12"],
  reason: "Nobody can tell a rule that protects from one that hurts",
  fix: "Set visibility_config.cloudwatch_metrics_enabled of each rule to true",
  check: each(["aws_wafv2_web_acl", "aws_wafv2_rule_group"], (acl) =>
    [acl.given, ...acl.values("rule")].every(
      (part) => textsAt(part, "visibility_config.cloudwatch_metrics_enabled")[0] === "true",
    )
      ? undefined
      : "it has rules without metrics",
  ),
};
