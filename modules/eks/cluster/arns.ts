import type { LayerStack } from "../../../lib/layer/stack";

/** The cluster's ARN, known before the cluster exists. */
export function clusterArn(stack: LayerStack): string {
  return stack.arn("eks", `cluster/${stack.environment.name}`);
}

/** A policy that AWS keeps, by its name with its path, e.g. `AmazonEKSClusterPolicy`. */
export function managedPolicy(stack: LayerStack, name: string): string {
  return stack.arn("iam", `policy/${name}`, { region: "", account: "aws" });
}
