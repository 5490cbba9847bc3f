import { z } from "zod";
import { plainText } from "../../../lib/layer/environment-schema";

const Taint = z.strictObject({
  key: plainText.max(63).describe("Taint key"),
  value: plainText.max(63).describe("Taint value"),
  effect: z
    .enum(["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"])
    .default("NO_SCHEDULE")
    .describe("Effect on pods that do not tolerate the taint"),
});

/** One managed node group. */
export const NodeGroup = z.strictObject({
  instanceType: z
    .string()
    .regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'must be an EC2 instance type, e.g. "t3.2xlarge"')
    .describe("EC2 instance type (x86_64)"),
  minSize: z.int().min(0).describe("Minimum number of nodes; if there are fewer, nodes are added"),
  desiredSize: z
    .int()
    .min(0)
    .describe(
      "Number of nodes at creation; afterwards managed by the cluster autoscaler, unless minSize equals maxSize",
    ),
  maxSize: z.int().min(1).describe("Maximum number of nodes"),
  perZone: z
    .boolean()
    .default(false)
    .describe(
      "Create one node group per zone and distribute the sizes over them, so that the autoscaler adds a node in the zone of a pod's EBS volume. Cannot be changed after the first apply",
    ),
  diskGiB: z.int().min(20).max(16384).describe("Size of each node's encrypted gp3 root volume"),
  maxPods: z
    .int()
    .min(4)
    .max(737)
    .describe(
      "Maximum number of pods per node, in place of the number that EKS sets (at most 110, from 30 vCPUs on 250); each pod uses an IP address of the private subnets",
    ),
  labels: z
    .record(z.string().min(1), plainText.max(63))
    .default({})
    .describe("Kubernetes labels of the nodes"),
  taints: z.array(Taint).default([]).describe("Kubernetes taints of the nodes"),
});

/** Validated settings of one managed node group. */
export type NodeGroup = z.output<typeof NodeGroup>;
