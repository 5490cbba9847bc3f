import { each } from "../../checks";
import { isToOrFromEverywhere } from "../../open-rule";
import type { Rule } from "../../rule";

export const openIngressPorts: Rule = {
  id: "open-ingress-ports",
  title: "Only HTTPS accepts connections from everywhere",
  publicIds: ["CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_260", "EC2.18", "EC2.19"],
  reason: "Administration, databases and plain HTTP are what scanners look for first",
  fix: "Limit from_port and to_port to 443, or the source to known networks",
  check: each(["aws_vpc_security_group_ingress_rule"], (rule) =>
    isToOrFromEverywhere(rule) && !(rule.is("from_port", 443) && rule.is("to_port", 443))
      ? `it accepts connections from everywhere to port ${rule.texts("from_port")[0] ?? "0"} to ${rule.texts("to_port")[0] ?? "65535"}`
      : undefined,
  ),
};
