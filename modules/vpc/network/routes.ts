import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import type { LayerStack } from "../../../lib/layer/stack";
import type { Gateways } from "./gateways";
import type { Subnets } from "./subnets";
import { inZone, perZone } from "./zones";

interface Roads {
  readonly vpcId: string;
  readonly subnets: Subnets;
  readonly gateways: Gateways;
}

/** Adds a route table per subnet; returns those of the private ones, by zone. */
export function addRoutes(stack: LayerStack, { vpcId, subnets, gateways }: Roads): Record<string, string> {
  const add = (id: string, subnetId: string, way: { gatewayId: string } | { natGatewayId: string }) =>
    addRouteTable(stack, id, { vpcId, subnetId, way });
  const { zones } = stack.environment;
  for (const zone of zones)
    add(`public-${zone}`, inZone(subnets.public, zone), { gatewayId: gateways.internetGatewayId });
  return perZone(zones, (zone) =>
    add(`private-${zone}`, inZone(subnets.private, zone), { natGatewayId: inZone(gateways.nat, zone).id }),
  );
}

interface Road {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly way: { readonly gatewayId: string } | { readonly natGatewayId: string };
}

function addRouteTable(stack: LayerStack, id: string, { vpcId, subnetId, way }: Road): string {
  const table = new RouteTable(stack, `${id}-routes`, {
    vpcId,
    tags: { Name: `${stack.environment.name}-${id}` },
  });
  new Route(stack, `${id}-default-route`, {
    routeTableId: table.id,
    destinationCidrBlock: "0.0.0.0/0",
    ...way,
  });
  new RouteTableAssociation(stack, `${id}-association`, { routeTableId: table.id, subnetId });
  return table.id;
}
