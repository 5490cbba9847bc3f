import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { DataResource } from "cdktf";
import type { LayerStack } from "../../../lib/layer/stack";
import { clients, type Network } from "./network";
import { addSecurityGroups } from "./security-group";

/** Inputs of a network load balancer. */
export interface PassThrough {
  readonly name: "tinkerbell" | "vpro";
  readonly purpose: string;
  readonly port: number;
  /** Ports of the pods, by program. */
  readonly podPorts: Readonly<Record<string, number>>;
  readonly target: LbTargetGroup;
}

/** A network load balancer and its Elastic IP addresses, if any. */
export interface NetworkEntry {
  readonly loadBalancer: Lb;
  /** By load balancer and zone, in the order of zones. */
  readonly addresses: Readonly<Record<string, Eip>>;
}

/**
 * Adds a network load balancer that forwards TCP, so that TLS terminates at the program that authenticates the clients.
 * AWS WAF does not support it: the allow-list and the program's own authentication protect it.
 */
export function addPassThrough(stack: LayerStack, wanted: PassThrough, network: Network): NetworkEntry {
  const { name, purpose, port, podPorts, target } = wanted;
  const securityGroupIds = addSecurityGroups(
    stack,
    {
      loadBalancer: name,
      purpose,
      clients: clients(stack.environment, "publicCidrs", network),
      listenerPorts: [port],
      podPorts,
    },
    network,
  );
  const addresses = network.elasticIpAddresses ? addAddresses(stack, name) : {};
  const loadBalancer = new Lb(stack, `${name}-load-balancer`, {
    name: stack.named("loadBalancer", name),
    loadBalancerType: "network",
    internal: network.internal,
    ...subnets(network, Object.values(addresses)),
    // A security group cannot be added to a network load balancer that was created without one.
    securityGroups: [...securityGroupIds],
    enableCrossZoneLoadBalancing: true,
    enableDeletionProtection: stack.deletionProtection,
    // AWS cannot add or remove Elastic IP addresses later, and the provider plans no change when they are removed.
    lifecycle: { replaceTriggeredBy: [kindOfAddresses(stack, name, network)] },
  });
  new LbListener(stack, `${name}-tcp`, {
    loadBalancerArn: loadBalancer.arn,
    port,
    protocol: "TCP",
    defaultAction: [{ type: "forward", targetGroupArn: target.arn }],
  });
  return { loadBalancer, addresses };
}

/** Adds a value whose change replaces the load balancer; returns its address. */
function kindOfAddresses(stack: LayerStack, name: string, { elasticIpAddresses }: Network): string {
  const kind = new DataResource(stack, `${name}-addresses`, { triggersReplace: { elasticIpAddresses } });
  return `${kind.terraformResourceType}.${kind.friendlyUniqueId}`;
}

function addAddresses(stack: LayerStack, name: string): Record<string, Eip> {
  const { name: environment, zones } = stack.environment;
  const addresses = zones.map((zone) => {
    const tags = { Name: `${environment}-${name}-${zone}` };
    return [`${name}-${zone}`, new Eip(stack, `${name}-address-${zone}`, { domain: "vpc", tags })] as const;
  });
  return Object.fromEntries(addresses);
}

function subnets({ subnetIds }: Network, addresses: readonly Eip[]) {
  if (addresses.length === 0) return { subnets: [...subnetIds] };
  const allocations = addresses.map(({ allocationId }) => ({ allocationId }));
  return { subnetMapping: subnetIds.map((subnetId, index) => ({ subnetId, ...allocations[index] })) };
}
