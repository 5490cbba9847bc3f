import { type InstanceType, mostPods } from "./instance-types";

/**
 * Pods per node that EKS sets for a managed node group with its own images, unless a file in nodeadm's directory sets another
 * number: https://docs.aws.amazon.com/eks/latest/userguide/create-managed-node-group.html.
 */
export function podsSetByEks(instance: InstanceType): number {
  return Math.min(mostPods(instance), instance.vcpus < 30 ? 110 : 250);
}
