import type { LayerStack } from "../../../lib/layer/stack";

/** The cluster's ARN, known before the cluster exists. */
export function clusterArn(stack: LayerStack): string {
  return stack.arn("eks", `cluster/${stack.environment.name}`);
}

/** ARN of an AWS managed policy, by its name with path, e.g. `AmazonEKSClusterPolicy`. */
export function managedPolicy(stack: LayerStack, name: string): string {
  return stack.arn("iam", `policy/${name}`, { region: "", account: "aws" });
}
