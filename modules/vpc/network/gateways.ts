import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import type { LayerStack } from "../../../lib/layer/stack";
import { inZone, perZone } from "./zones";

/** The internet gateway and the NAT gateways of the VPC. */
export interface Gateways {
  readonly internetGatewayId: string;
  readonly nat: Readonly<Record<string, { readonly id: string; readonly publicIp: string }>>;
}

/** Adds the internet gateway and a NAT gateway per zone, so that the failure of a zone does not affect the others. */
export function addGateways(
  stack: LayerStack,
  vpc: { readonly id: string; readonly publicSubnetIds: Readonly<Record<string, string>> },
): Gateways {
  const { name, zones } = stack.environment;
  const internet = new InternetGateway(stack, "internet-gateway", {
    vpcId: vpc.id,
    tags: { Name: `${name}-igw` },
  });
  const nat = perZone(zones, (zone) => {
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
  return { internetGatewayId: internet.id, nat };
}
