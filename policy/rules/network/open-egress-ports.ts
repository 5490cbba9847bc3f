import { each } from "../../checks";
import { isToOrFromEverywhere } from "../../open-rule";
import type { Rule } from "../../rule";

export const openEgressPorts: Rule = {
  id: "open-egress-ports",
  title: "Where connections to everywhere are needed, they are HTTPS",
  publicIds: ["CKV_AWS_382"],
  reason: "An open way out over any port is a way out for anything",
  fix: "Limit from_port and to_port to 443",
  check: each(["aws_vpc_security_group_egress_rule"], (rule) =>
    isToOrFromEverywhere(rule) && !(rule.is("from_port", 443) && rule.is("to_port", 443))
      ? "it opens connections to everywhere on more than port 443"
      : undefined,
  ),
};
