import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import type { LayerStack } from "../../../lib/layer/stack";
import { type NatGateways, natZones } from "../../../lib/constructs/nat-zones";
import { inZone, perZone } from "./zones";

/** The internet gateway and the NAT gateways of the VPC. */
export interface Gateways {
  readonly internetGatewayId: string;
  /** The NAT gateway of each zone; zones share a single one. */
  readonly nat: Readonly<Record<string, { readonly id: string; readonly publicIp: string }>>;
}

/**
 * Adds the internet gateway and the NAT gateways: one per zone, so that the failure of a zone does not affect the others, or
 * a single one in the first zone.
 */
export function addGateways(
  stack: LayerStack,
  vpc: {
    readonly id: string;
    readonly publicSubnetIds: Readonly<Record<string, string>>;
    readonly natGateways: NatGateways;
  },
): Gateways {
  const { name, zones } = stack.environment;
  const internet = new InternetGateway(stack, "internet-gateway", {
    vpcId: vpc.id,
    tags: { Name: `${name}-igw` },
  });
  const added = perZone(natZones(zones, vpc.natGateways), (zone) => {
    const tags = { Name: `${name}-nat-${zone}` };
    // AWS requires an internet gateway in the VPC before an Elastic IP address or a NAT gateway can be used.
    const dependsOn = [internet];
    const address = new Eip(stack, `nat-address-${zone}`, { domain: "vpc", tags, dependsOn });
    const { id } = new NatGateway(stack, `nat-${zone}`, {
      subnetId: inZone(vpc.publicSubnetIds, zone),
      allocationId: address.allocationId,
      tags,
      dependsOn,
    });
    return { id, publicIp: address.publicIp };
  });
  const nat = perZone(zones, (zone) => added[zone] ?? inZone(added, zones[0]));
  return { internetGatewayId: internet.id, nat };
}
