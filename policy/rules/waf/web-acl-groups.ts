import { each } from "../../checks";
import type { Rule } from "../../rule";
import { managedGroups } from "../../web-acl";

export const webAclGroups: Rule = {
  id: "web-acl-groups",
  title:
    "Every web ACL has AWS's rules on common attacks, bad addresses and SQL injection, and limits each address",
  publicIds: [],
  reason: "Together they stop what every scanner tries first",
  fix: "Add the missing group, or a rate_based_statement by IP",
  check: each(["aws_wafv2_web_acl"], (acl) => {
    const present = managedGroups(acl);
    const missing = wanted.filter((group) => !present.has(group));
    if (missing.length > 0) return `it lacks ${missing.join(", ")}`;
    return acl.has("rule.statement.rate_based_statement") ? undefined : "it limits nobody";
  }),
};

const wanted = [
  "AWSManagedRulesCommonRuleSet",
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesSQLiRuleSet",
];
