import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import type { LayerStack } from "../../../lib/layer/stack";
import type { Gateways } from "./gateways";
import type { Subnets } from "./subnets";
import { inZone, perZone } from "./zones";

interface RouteInputs {
  readonly vpcId: string;
  readonly subnets: Subnets;
  readonly gateways: Gateways;
}

/** Adds a route table per subnet; returns the IDs of the private ones, by zone. */
export function addRoutes(
  stack: LayerStack,
  { vpcId, subnets, gateways }: RouteInputs,
): Record<string, string> {
  const add = (id: string, subnetId: string, gateway: { gatewayId: string } | { natGatewayId: string }) =>
    addRouteTable(stack, id, { vpcId, subnetId, gateway });
  const { zones } = stack.environment;
  for (const zone of zones)
    add(`public-${zone}`, inZone(subnets.public, zone), { gatewayId: gateways.internetGatewayId });
  return perZone(zones, (zone) =>
    add(`private-${zone}`, inZone(subnets.private, zone), { natGatewayId: inZone(gateways.nat, zone).id }),
  );
}

interface RouteTableInputs {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly gateway: { readonly gatewayId: string } | { readonly natGatewayId: string };
}

function addRouteTable(
  stack: LayerStack,
  id: string,
  { vpcId, subnetId, gateway }: RouteTableInputs,
): string {
  const table = new RouteTable(stack, `${id}-routes`, {
    vpcId,
    tags: { Name: `${stack.environment.name}-${id}` },
  });
  new Route(stack, `${id}-default-route`, {
    routeTableId: table.id,
    destinationCidrBlock: "0.0.0.0/0",
    ...gateway,
  });
  new RouteTableAssociation(stack, `${id}-association`, { routeTableId: table.id, subnetId });
  return table.id;
}
