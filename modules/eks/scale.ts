import type { z } from "zod";
import type { ScaleProfile } from "../../lib/layer/environment-schema";
import type { NodeGroup } from "./nodes/group-settings";
import type { Settings } from "./settings";

/** The applications' charts select and tolerate observability nodes by this key and value. */
const observabilityNodes = {
  labels: { "node.kubernetes.io/custom-rule": "observability" },
  taints: [{ key: "node.kubernetes.io/custom-rule", value: "observability", effect: "NO_SCHEDULE" as const }],
};

type Size = Pick<NodeGroup, "instanceType" | "diskGiB" | "maxPods"> & {
  nodes: readonly [number, number, number];
};

function groups(main: Size, observability: Size): Partial<z.input<typeof Settings>> {
  return {
    nodeGroups: { main: sized(main), observability: { ...sized(observability), ...observabilityNodes } },
  };
}

function sized({ nodes: [minSize, desiredSize, maxSize], ...rest }: Size) {
  // Loki, Mimir and others store data on EBS volumes, so their pods cannot move to another zone.
  return { ...rest, minSize, desiredSize, maxSize, perZone: true };
}

/**
 * Node groups by scale profile; `nodes` is minimum, desired, maximum. Even the largest profile fits the private subnets
 * of a /20, and the cluster autoscaler can scale every group.
 */
export const scale: Readonly<Record<ScaleProfile, Partial<z.input<typeof Settings>>>> = {
  default: groups(
    { instanceType: "t3.2xlarge", nodes: [1, 3, 6], diskGiB: 20, maxPods: 58 },
    { instanceType: "t3.2xlarge", nodes: [0, 0, 3], diskGiB: 20, maxPods: 58 },
  ),
  "100en": groups(
    { instanceType: "t3.2xlarge", nodes: [3, 3, 6], diskGiB: 128, maxPods: 58 },
    { instanceType: "r6i.2xlarge", nodes: [1, 1, 3], diskGiB: 128, maxPods: 58 },
  ),
  "500en": groups(
    { instanceType: "t3.2xlarge", nodes: [3, 3, 6], diskGiB: 128, maxPods: 58 },
    { instanceType: "r6i.4xlarge", nodes: [2, 2, 6], diskGiB: 128, maxPods: 58 },
  ),
  "1ken": groups(
    { instanceType: "m6i.4xlarge", nodes: [3, 3, 6], diskGiB: 128, maxPods: 234 },
    { instanceType: "r6i.4xlarge", nodes: [3, 3, 6], diskGiB: 128, maxPods: 58 },
  ),
  "10ken": groups(
    { instanceType: "m6i.4xlarge", nodes: [5, 5, 8], diskGiB: 128, maxPods: 234 },
    { instanceType: "r6i.8xlarge", nodes: [3, 3, 6], diskGiB: 128, maxPods: 58 },
  ),
};
