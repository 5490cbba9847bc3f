import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import type { LayerStack } from "../../../lib/layer/stack";
import { type AdditionalEgress, addEgress } from "./egress";

type Party = "node" | "cluster" | "bastion" | "efs" | "aurora";

interface Flow {
  readonly from: Party;
  readonly to: Party;
  readonly description: string;
  /** First and last TCP port; unset means every protocol. */
  readonly ports?: readonly [number, number];
}

/** Who talks to whom, by rule ID. */
const flows: Readonly<Record<string, Flow>> = {
  "node-to-node": { from: "node", to: "node", description: "Pods to pods" },
  "node-to-cluster": { from: "node", to: "cluster", ports: [443, 443], description: "Kubernetes API" },
  "cluster-to-node-https": { from: "cluster", to: "node", ports: [443, 443], description: "Webhooks on 443" },
  // Which ports beyond the kubelet's 10250 is up to the charts: 8443, 9443, 15017 and others.
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
  "node-to-efs": { from: "node", to: "efs", ports: [2049, 2049], description: "NFS" },
  "node-to-aurora": { from: "node", to: "aurora", ports: [5432, 5432], description: "PostgreSQL" },
};

/** The network the nodes join, and the security groups that are already there. */
interface NetworkInputs {
  readonly vpcId: string;
  readonly peers: Readonly<Record<Exclude<Party, "node">, string>>;
  readonly additionalEgress: AdditionalEgress;
}

/**
 * Adds the security group of the nodes, which is also that of the pods, and the rules between it and its peers.
 * The group that EKS makes for the control plane stays off the nodes, because it lets everything out.
 */
export function addSecurityGroups(stack: LayerStack, { vpcId, peers, additionalEgress }: NetworkInputs) {
  const name = stack.named("securityGroup", "eks-node");
  const { id: node } = new SecurityGroup(stack, "node-group", {
    name,
    description: "Nodes and pods of the cluster",
    vpcId,
    tags: { Name: name },
  });
  const rules = [...addFlows(stack, { ...peers, node }), ...addEgress(stack, node, additionalEgress)];
  return { node, rules };
}

function addFlows(stack: LayerStack, groupIds: Readonly<Record<Party, string>>): ITerraformDependable[] {
  return Object.entries(flows).flatMap(([id, { from, to, description, ports }]) => {
    const rule = { description, ...protocol(ports) };
    const allowIn = new VpcSecurityGroupIngressRule(stack, `${id}-in`, {
      securityGroupId: groupIds[to],
      referencedSecurityGroupId: groupIds[from],
      ...rule,
    });
    // EKS lets the control plane out to anywhere; the bastion's own layer lets it out to the VPC.
    if (from !== "node") return [allowIn];
    const allowOut = new VpcSecurityGroupEgressRule(stack, `${id}-out`, {
      securityGroupId: groupIds[from],
      referencedSecurityGroupId: groupIds[to],
      ...rule,
    });
    return [allowIn, allowOut];
  });
}

function protocol(ports: Flow["ports"]) {
  return ports === undefined
    ? { ipProtocol: "-1" }
    : { ipProtocol: "tcp", fromPort: ports[0], toPort: ports[1] };
}
