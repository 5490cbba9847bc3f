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
  "node-to-efs": { from: "node", to: "efs", ports: [2049, 2049], description: "NFS" },
  "node-to-aurora": { from: "node", to: "aurora", ports: [5432, 5432], description: "PostgreSQL" },
};

/** The VPC of the nodes, and the existing security groups. */
interface NetworkInputs {
  readonly vpcId: string;
  readonly peers: Readonly<Record<Exclude<Party, "node">, string>>;
  readonly additionalEgress: AdditionalEgress;
}

/**
 * Adds the security group of nodes and pods, and the rules between it and its peers. Nodes do not use the group that
 * EKS creates for the control plane, because it allows all outbound traffic.
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
    // EKS allows all outbound traffic of the control plane; the vpc layer allows the bastion's to the VPC.
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
