import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { LayerStack } from "../../lib/layer/stack";

/**
 * Adds the security group of nodes and pods, without rules; returns its ID. It is created before the cluster, because file
 * system, database and load balancers name it too: each layer adds the rules of its own traffic, so none waits for another.
 */
export function addNodeSecurityGroup(stack: LayerStack, vpcId: string): string {
  const name = stack.named("securityGroup", "eks-node");
  return new SecurityGroup(stack, "node-security-group", {
    name,
    description: "Nodes and pods of the cluster",
    vpcId,
    tags: { Name: name },
  }).id;
}
