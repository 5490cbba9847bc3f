import { each } from "../../checks";
import { isToOrFromEverywhere } from "../../open-rule";
import type { Rule } from "../../rule";

export const openEgress: Rule = {
  id: "open-egress",
  title: "Nothing may open connections to everywhere",
  publicIds: ["AWS-0104"],
  reason: "Whoever takes over a program sends data wherever its security group lets it",
  fix: "Name a security group, a prefix list or a range as the destination",
  check: each(["aws_vpc_security_group_egress_rule"], (rule) =>
    isToOrFromEverywhere(rule) ? "it opens connections to everywhere" : undefined,
  ),
};
