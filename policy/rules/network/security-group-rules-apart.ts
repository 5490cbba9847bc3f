import { each } from "../../checks";
import type { Rule } from "../../rule";

export const securityGroupRulesApart: Rule = {
  id: "security-group-rules-apart",
  title: "Every security group rule is a resource of its own",
  publicIds: [],
  reason:
    "Rules within a group and rules beside it undo each other at every apply, and other rules here read only the latter",
  fix: "Use aws_vpc_security_group_ingress_rule and aws_vpc_security_group_egress_rule",
  check: each(["aws_security_group", "aws_security_group_rule"], (resource) => {
    if (resource.type === "aws_security_group_rule")
      return "it is of the old kind, which may hold several rules";
    return resource.has("ingress") || resource.has("egress") ? "it holds rules itself" : undefined;
  }),
};
