import { each } from "../../checks";
import { isReachable } from "../../network-acl";
import type { Rule } from "../../rule";

export const networkAclSsh: Rule = {
  id: "network-acl-ssh",
  title: "No network ACL lets the internet reach SSH",
  publicIds: ["AWS-0105", "EC2.21"],
  reason: "A second fence holds when a security group is opened by mistake",
  fix: "Deny port 22 from everywhere in a rule with a lower number than any that allows it",
  check: each(["aws_default_network_acl", "aws_network_acl"], (acl) =>
    isReachable(acl, 22) ? "the internet reaches port 22" : undefined,
  ),
};
