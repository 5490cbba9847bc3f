import { addAlarm } from "../../../lib/constructs/alarm";
import type { LayerStack } from "../../../lib/layer/stack";
import type { AddedGroup } from "./groups";

/** Adds an alarm on every group that has grown as far as it may, so that pods may be waiting for nodes. */
export function addSizeAlarms(stack: LayerStack, groups: readonly AddedGroup[], topicArn: string): void {
  for (const { size, nodeGroup } of groups) {
    // Where there is no choice, the maximum is no news.
    if (size.minSize === size.maxSize) continue;
    const { name } = nodeGroup.resources.get(0).autoscalingGroups.get(0);
    addAlarm(stack, `${size.name}-nodes-at-maximum`, {
      description: `The node group ${size.name} of ${stack.environment.name} has had its ${size.maxSize} nodes for half an hour and cannot grow; look for pending pods, or raise maxSize in layers.eks.nodeGroups`,
      // EKS switches the group's metrics on by itself.
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
