import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { inGroups } from "../../../lib/constructs/source-groups";
import type { LayerStack } from "../../../lib/layer/stack";
import type { LoadBalancerName } from "../hosts";
import type { Client, Network } from "./network";

/** Traffic of one load balancer. */
export interface Traffic {
  readonly loadBalancer: LoadBalancerName;
  readonly purpose: string;
  readonly clients: readonly Client[];
  readonly listenerPorts: readonly number[];
  /** Ports of the pods, by program. */
  readonly podPorts: Readonly<Record<string, number>>;
}

/** Adds the security groups of one load balancer, and the rules between it and the nodes; returns their IDs. */
export function addSecurityGroups(stack: LayerStack, traffic: Traffic, network: Network): readonly string[] {
  const groups = inGroups(traffic.clients, traffic.listenerPorts.length).map((clients, index) => {
    const group = addSecurityGroup(stack, traffic, { index, vpcId: network.vpcId });
    for (const port of traffic.listenerPorts) {
      for (const client of clients) allowClient(stack, { traffic, group, client, port });
    }
    return group;
  });
  // The first group stands for the load balancer, which is in all of them.
  for (const group of groups.slice(0, 1)) {
    for (const [program, port] of Object.entries(traffic.podPorts))
      allowPods(stack, { traffic, group, program, port, nodes: network.nodeSecurityGroupId });
  }
  return groups.map(({ id }) => id);
}

function addSecurityGroup(
  stack: LayerStack,
  { loadBalancer, purpose }: Traffic,
  { index, vpcId }: { readonly index: number; readonly vpcId: string },
): SecurityGroup {
  const number = index === 0 ? "" : `-${index + 1}`;
  const name = stack.named("securityGroup", `${loadBalancer}-load-balancer${number}`);
  return new SecurityGroup(stack, `${loadBalancer}-security-group${number}`, {
    name,
    description: `Load balancer for ${purpose}${index === 0 ? "" : ": further ranges"}`,
    vpcId,
    tags: { Name: name },
  });
}

interface IngressInputs {
  readonly traffic: Traffic;
  readonly group: SecurityGroup;
  readonly client: Client;
  readonly port: number;
}

function allowClient(stack: LayerStack, { traffic, group, client, port }: IngressInputs): void {
  new VpcSecurityGroupIngressRule(stack, `${traffic.loadBalancer}-${port}-from-${client.id}`, {
    securityGroupId: group.id,
    description: `Port ${port} from ${client.description}`,
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    ...client.source,
  });
}

interface PodTraffic {
  readonly traffic: Traffic;
  readonly group: SecurityGroup;
  readonly program: string;
  readonly port: number;
  readonly nodes: string;
}

function allowPods(stack: LayerStack, { traffic, group, program, port, nodes }: PodTraffic): void {
  const rule = { ipProtocol: "tcp", fromPort: port, toPort: port };
  new VpcSecurityGroupEgressRule(stack, `${traffic.loadBalancer}-to-${program}`, {
    securityGroupId: group.id,
    referencedSecurityGroupId: nodes,
    description: `Traffic and health checks to ${program}`,
    ...rule,
  });
  new VpcSecurityGroupIngressRule(stack, `${program}-from-${traffic.loadBalancer}`, {
    securityGroupId: nodes,
    referencedSecurityGroupId: group.id,
    description: `${program} from the ${traffic.loadBalancer} load balancer`,
    ...rule,
  });
}
