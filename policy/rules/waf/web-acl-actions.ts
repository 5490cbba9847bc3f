import { each } from "../../checks";
import { textsAt, valuesAt } from "../../../synthesis/resource";
import type { Rule } from "../../rule";

export const webAclActions: Rule = {
  id: "web-acl-actions",
  title: "Every rule of a web ACL says what it does",
  publicIds: ["CKV_AWS_342"],
  reason: "A rule without an action does nothing",
  fix: "Set action, or override_action for a group of rules",
  check: each(["aws_wafv2_web_acl", "aws_wafv2_rule_group"], (acl) => {
    const idle = acl
      .values("rule")
      .filter((rule) => [...valuesAt(rule, "action"), ...valuesAt(rule, "override_action")].length === 0);
    return idle.length === 0
      ? undefined
      : `${idle.flatMap((rule) => textsAt(rule, "name")).join(", ")} does nothing`;
  }),
};
