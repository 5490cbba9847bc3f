import { each } from "../../checks";
import type { Rule } from "../../rule";
import { isPublicSubnet } from "../../subnets";

export const nodeSubnets: Rule = {
  id: "node-subnets",
  title: "Nodes are in private subnets",
  publicIds: ["CIS-EKS-5.4.3"],
  reason: "A node that the internet can route to is one mistake away from being reached",
  fix: "List private subnets in subnet_ids",
  check: each(["aws_eks_node_group"], (nodes, document) =>
    document.targets(nodes, "subnet_ids").some((subnet) => isPublicSubnet(document, subnet))
      ? "it is in a public subnet"
      : undefined,
  ),
};
