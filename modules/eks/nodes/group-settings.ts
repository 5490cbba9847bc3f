import { z } from "zod";
import { Labels, Taint } from "./labels";

/** https://docs.aws.amazon.com/eks/latest/userguide/node-taints-managed-node-groups.html */
const mostTaints = 50;

/** Of type gp3, in GiB: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html */
const largestVolume = 65_536;

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
  diskGiB: z.int().min(20).max(largestVolume).describe("Size of each node's encrypted gp3 root volume"),
  maxPods: z
    .int()
    .min(4)
    .max(737)
    .describe(
      "Maximum number of pods per node, in place of the number that EKS sets (at most 110, from 30 vCPUs on 250); each pod uses an IP address of the private subnets",
    ),
  labels: Labels.default({}).describe("Kubernetes labels of the nodes"),
  taints: z.array(Taint).max(mostTaints).default([]).describe("Kubernetes taints of the nodes"),
});

/** Validated settings of one managed node group. */
export type NodeGroup = z.output<typeof NodeGroup>;
