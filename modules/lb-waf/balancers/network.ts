import type { LayerStack } from "../../../lib/layer/stack";

/** Where load balancers stand and what they reach: placeholders from earlier layers, by what they mean here. */
export interface Network {
  readonly vpcId: string;
  readonly internal: boolean;
  /** Public subnets, or the private ones of an internal load balancer. */
  readonly subnetIds: readonly string[];
  /** Address that traffic of pods has outside the VPC, by zone. */
  readonly natPublicIps: { at(zone: string): string };
  readonly nodeSecurityGroupId: string;
  /** Whether network load balancers get addresses that stay when they are replaced. */
  readonly elasticIpAddresses: boolean;
}

/** One source of connections, as a security group rule states it. */
export interface Client {
  readonly id: string;
  readonly description: string;
  readonly source: { readonly cidrIpv4: string } | { readonly referencedSecurityGroupId: string };
}

/** Who may connect: the ranges of the environment file, and the orchestrator's own pods. */
export function clients(stack: LayerStack, cidrs: readonly string[], network: Network): readonly Client[] {
  const ranges = cidrs.map((cidr) => ({
    id: cidr.replaceAll(/[./]/g, "-"),
    description: `allow-list ${cidr}`,
    source: { cidrIpv4: cidr },
  }));
  return [...ranges, ...ownPods(stack, network)];
}

/** Pods call the orchestrator by its public names: through NAT, unless the load balancer is inside the VPC. */
function ownPods(stack: LayerStack, network: Network): readonly Client[] {
  if (network.internal) {
    const source = { referencedSecurityGroupId: network.nodeSecurityGroupId };
    return [{ id: "nodes", description: "nodes and pods of the cluster", source }];
  }
  return stack.environment.zones.map((zone) => ({
    id: `nat-${zone}`,
    description: `pods of the cluster, through NAT in ${zone}`,
    source: { cidrIpv4: `${network.natPublicIps.at(zone)}/32` },
  }));
}
