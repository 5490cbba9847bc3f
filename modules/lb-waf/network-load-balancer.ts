import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { LayerStack } from "../../lib/stack";
import { clients, type Network } from "./network";
import { addSecurityGroup } from "./security-group";
import { podPorts } from "./target-groups";

/**
 * Edge nodes' entrance to Tinkerbell: passes TCP on untouched, so that mutual TLS ends at the ingress behind it. AWS WAF
 * cannot inspect it: its allow-list and the client certificates are its protection.
 */
export function addTinkerbellEntry(stack: LayerStack, network: Network, target: LbTargetGroup): Lb {
  const securityGroup = addSecurityGroup(
    stack,
    {
      loadBalancer: "tinkerbell",
      purpose: "Tinkerbell, which edge nodes boot from",
      clients: clients(stack, stack.environment.access.publicCidrs, network),
      listenerPorts: [443],
      podPorts: { haproxy: podPorts.haproxy },
    },
    network,
  );
  const loadBalancer = new Lb(stack, "tinkerbell-load-balancer", {
    name: stack.named("loadBalancer", "tinkerbell"),
    loadBalancerType: "network",
    internal: network.internal,
    subnets: [...network.subnetIds],
    // A network load balancer made without a security group can never get one.
    securityGroups: [securityGroup.id],
    enableCrossZoneLoadBalancing: true,
    enableDeletionProtection: stack.deletionProtection,
  });
  new LbListener(stack, "tinkerbell-tcp", {
    loadBalancerArn: loadBalancer.arn,
    port: 443,
    protocol: "TCP",
    defaultAction: [{ type: "forward", targetGroupArn: target.arn }],
  });
  return loadBalancer;
}
