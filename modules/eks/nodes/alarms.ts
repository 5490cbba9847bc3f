import { addAlarm } from "../../../lib/constructs/alarm";
import type { LayerStack } from "../../../lib/layer/stack";
import type { AddedGroup } from "./groups";

/** Adds an alarm on every node group at its maximum size, where pods may be pending. */
export function addSizeAlarms(stack: LayerStack, groups: readonly AddedGroup[], topicArn: string): void {
  for (const { size, nodeGroup } of groups) {
    // A group of fixed size is always at its maximum.
    if (size.minSize === size.maxSize) continue;
    const { name } = nodeGroup.resources.get(0).autoscalingGroups.get(0);
    addAlarm(stack, `${size.name}-nodes-at-maximum`, {
      description: `The node group ${size.name} of ${stack.environment.name} has been at its maximum size of ${size.maxSize} for 30 minutes; check for pending pods, or increase maxSize in layers.eks.nodeGroups`,
      // EKS enables the metrics of the Auto Scaling group.
      metric: {
        namespace: "AWS/AutoScaling",
        name: "GroupInServiceInstances",
        dimensions: { AutoScalingGroupName: name },
        statistic: "Minimum",
      },
      threshold: { above: size.maxSize - 1 },
      periods: 6,
      topicArn,
    });
  }
}
