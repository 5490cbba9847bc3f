import { z } from "zod";
import { plainText } from "../../../lib/layer/environment-schema";

const Taint = z.strictObject({
  key: plainText.max(63).describe("Key of the taint"),
  value: plainText.max(63).describe("Value of the taint"),
  effect: z
    .enum(["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"])
    .default("NO_SCHEDULE")
    .describe("What happens to pods that do not tolerate the taint"),
});

/** One managed node group. */
export const NodeGroup = z.strictObject({
  instanceType: z
    .string()
    .regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'must be an EC2 instance type, e.g. "t3.2xlarge"')
    .describe("EC2 instance type (x86_64)"),
  minSize: z
    .int()
    .min(0)
    .describe(
      "Nodes that always run; AWS refuses more than run now, unless maxSize is set to the same number",
    ),
  desiredSize: z
    .int()
    .min(0)
    .describe("Nodes at creation; afterwards the cluster autoscaler decides, unless minSize equals maxSize"),
  maxSize: z.int().min(1).describe("Nodes that may run"),
  perZone: z
    .boolean()
    .default(false)
    .describe(
      "One group per zone, over which the sizes are spread, so that the autoscaler adds a node in the zone of a pod's EBS volume; fixed once applied",
    ),
  diskGiB: z.int().min(20).max(16384).describe("Size of each node's encrypted gp3 root volume"),
  maxPods: z
    .int()
    .min(4)
    .max(737)
    .describe("Pods a node may run; each takes an address of the private subnets"),
  labels: z
    .record(z.string().min(1), plainText.max(63))
    .default({})
    .describe("Kubernetes labels of the nodes"),
  taints: z.array(Taint).default([]).describe("Kubernetes taints of the nodes"),
});

/** Values of one managed node group. */
export type NodeGroup = z.output<typeof NodeGroup>;
