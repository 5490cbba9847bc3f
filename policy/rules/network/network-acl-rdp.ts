import { each } from "../../checks";
import { isReachable } from "../../network-acl";
import type { Rule } from "../../rule";

export const networkAclRdp: Rule = {
  id: "network-acl-rdp",
  title: "No network ACL lets the internet reach RDP",
  publicIds: ["AWS-0105", "EC2.21"],
  reason: "A second fence holds when a security group is opened by mistake",
  fix: "Deny port 3389 from everywhere in a rule with a lower number than any that allows it",
  check: each(["aws_default_network_acl", "aws_network_acl"], (acl) =>
    isReachable(acl, 3389) ? "the internet reaches port 3389" : undefined,
  ),
};
