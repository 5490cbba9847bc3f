import { each } from "../../checks";
import type { Rule } from "../../rule";

export const webAclRules: Rule = {
  id: "web-acl-rules",
  title: "Every web ACL has rules",
  publicIds: ["CKV_AWS_175", "WAF.10"],
  reason: "An empty one looks like a firewall and is none",
  fix: "Add rules",
  check: each(["aws_wafv2_web_acl"], (acl) => (acl.has("rule") ? undefined : "it has no rules")),
};
