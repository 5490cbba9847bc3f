import { each } from "../../checks";
import { textsAt, valuesAt } from "../../../synthesis/resource";
import type { Rule } from "../../rule";
import { managedGroups } from "../../web-acl";

export const webAclLog4j: Rule = {
  id: "web-acl-log4j",
  title: "Every web ACL blocks requests that attack Log4j",
  publicIds: ["CKV_AWS_192", "CKV2_AWS_76"],
  reason: "One logged header is enough to take over a program",
  fix: "Add AWSManagedRulesKnownBadInputsRuleSet with the override action none, and count none of its Log4JRCE rules",
  check: each(["aws_wafv2_web_acl"], (acl) => {
    const group = managedGroups(acl).get("AWSManagedRulesKnownBadInputsRuleSet");
    const counted = textsAt(group, "statement.managed_rule_group_statement.rule_action_override.name");
    const blocks = valuesAt(group, "override_action.none").length > 0;
    return blocks && !counted.some((name) => name.startsWith("Log4JRCE"))
      ? undefined
      : "it lets attacks on Log4j through";
  }),
};
