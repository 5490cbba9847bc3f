import type { ITerraformDependable } from "cdktf";
import { allowIn, allowOut } from "../../../lib/constructs/traffic";
import type { LayerStack } from "../../../lib/layer/stack";
import { type AdditionalEgress, addEgress } from "./egress";

type Party = "node" | "cluster" | "bastion";

interface Flow {
  readonly from: Party;
  readonly to: Party;
  readonly description: string;
  /** First and last TCP port; unset means every protocol. */
  readonly ports?: readonly [number, number];
}

/** Allowed traffic, by rule ID. */
const flows: Readonly<Record<string, Flow>> = {
  "node-to-node": { from: "node", to: "node", description: "Pods to pods" },
  "node-to-cluster": { from: "node", to: "cluster", ports: [443, 443], description: "Kubernetes API" },
  "cluster-to-node-https": { from: "cluster", to: "node", ports: [443, 443], description: "Webhooks on 443" },
  // Besides the kubelet's 10250, the charts use 8443, 9443, 15017 and other ports.
  "cluster-to-node": {
    from: "cluster",
    to: "node",
    ports: [1025, 65535],
    description: "Kubelet and webhooks",
  },
  "bastion-to-cluster": {
    from: "bastion",
    to: "cluster",
    ports: [443, 443],
    description: "Kubernetes API for operators on the bastion",
  },
};

/** IDs of the security groups, and the outbound rules of the settings. */
interface NetworkInputs {
  readonly groupIds: Readonly<Record<Party, string>>;
  readonly additionalEgress: AdditionalEgress;
}

/**
 * Adds the rules of nodes, control plane and bastion. Nodes do not use the group that EKS creates for the control plane,
 * because it allows all outbound traffic; theirs is that of the vpc layer.
 */
export function addTraffic(
  stack: LayerStack,
  { groupIds, additionalEgress }: NetworkInputs,
): ITerraformDependable[] {
  return [...addFlows(stack, groupIds), ...addEgress(stack, groupIds.node, additionalEgress)];
}

function addFlows(stack: LayerStack, groupIds: Readonly<Record<Party, string>>): ITerraformDependable[] {
  return Object.entries(flows).flatMap(([id, { from, to, ...rest }]) => {
    const traffic = { from: groupIds[from], to: groupIds[to], ...rest };
    const allowedIn = allowIn(stack, id, traffic);
    // EKS allows all outbound traffic of the control plane; the vpc layer allows the bastion's to the VPC.
    return from === "node" ? [allowedIn, allowOut(stack, id, traffic)] : [allowedIn];
  });
}
