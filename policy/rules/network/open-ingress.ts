import { each } from "../../checks";
import { isToOrFromEverywhere } from "../../open-rule";
import type { Rule } from "../../rule";

export const openIngress: Rule = {
  id: "open-ingress",
  title: "Nothing accepts connections from everywhere",
  publicIds: ["AWS-0107"],
  reason: "What the whole internet reaches, the whole internet attacks",
  fix: "Narrow access.publicCidrs or the rule's cidr_ipv4, or record an exception for a listener that must be public",
  check: each(["aws_vpc_security_group_ingress_rule"], (rule) =>
    isToOrFromEverywhere(rule) ? "it accepts connections from everywhere" : undefined,
  ),
};
