import type { NatGateways } from "../../../lib/constructs/nat-zones";
import type { LayerStack } from "../../../lib/layer/stack";
import { addGateways } from "./gateways";
import type { Network } from "./network";
import { addVpc } from "./own-vpc";
import { addRoutes } from "./routes";
import { addSubnets } from "./subnets";
import { inZone, perZone } from "./zones";

interface OwnNetwork {
  readonly cidr: string;
  readonly additionalCidrs: readonly string[];
  readonly natGateways: NatGateways;
}

/** Adds a VPC with subnets, gateways and routes in every zone. */
export function addOwnNetwork(
  stack: LayerStack,
  { cidr, additionalCidrs, natGateways }: OwnNetwork,
): Network {
  const vpcId = addVpc(stack, { cidr, additionalCidrs });
  const subnets = addSubnets(stack, { id: vpcId, cidr });
  const gateways = addGateways(stack, { id: vpcId, publicSubnetIds: subnets.public, natGateways });
  return {
    vpcId,
    cidrs: [cidr, ...additionalCidrs],
    publicSubnetIds: subnets.public,
    privateSubnetIds: subnets.private,
    privateRouteTableIds: addRoutes(stack, { vpcId, subnets, gateways }),
    natGatewayIds: perZone(stack.environment.zones, (zone) => inZone(gateways.nat, zone).id),
    natPublicIps: perZone(stack.environment.zones, (zone) => inZone(gateways.nat, zone).publicIp),
  };
}
