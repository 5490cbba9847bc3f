import { each } from "../../checks";
import type { Rule } from "../../rule";

export const networkAclAttached: Rule = {
  id: "network-acl-attached",
  title: "Every network ACL of our own guards a subnet",
  publicIds: ["CKV2_AWS_1"],
  reason: "An ACL without subnets looks like protection and is none",
  fix: "List subnets in subnet_ids, or add an aws_network_acl_association",
  check: each(["aws_network_acl"], (acl, document) =>
    acl.has("subnet_ids") ||
    document.referring(acl, "aws_network_acl_association", "network_acl_id").length > 0
      ? undefined
      : "it guards no subnet",
  ),
};
