import { each } from "../../checks";
import { textsAt } from "../../../synthesis/resource";
import type { Rule } from "../../rule";

export const networkAclPorts: Rule = {
  id: "network-acl-ports",
  title: "No rule of a network ACL of our own opens all ports",
  publicIds: ["AWS-0102"],
  reason: "A network ACL that allows every protocol and port fences nothing off",
  fix: "Name the protocol and the ports of the aws_network_acl_rule",
  check: each(["aws_network_acl", "aws_network_acl_rule"], (acl) => {
    const rules =
      acl.type === "aws_network_acl" ? [...acl.values("ingress"), ...acl.values("egress")] : [acl.given];
    const action = acl.type === "aws_network_acl" ? "action" : "rule_action";
    const open = rules.some(
      (rule) =>
        textsAt(rule, action)[0] === "allow" && ["-1", "all"].includes(textsAt(rule, "protocol")[0] ?? ""),
    );
    return open ? "it allows every protocol and port" : undefined;
  }),
};
