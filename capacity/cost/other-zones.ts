import type { Range } from "../../lib/layer/prices";
import type { SynthesisedJson } from "../../synthesis/environment";
import type { Resource } from "../../synthesis/resource";

/** What of the traffic through NAT gateways goes to one in another zone, if every route table sends as much. */
export function toOtherZones(synthesised: SynthesisedJson, [low, high]: Range): Range {
  const routes = synthesised.of("aws_route").filter((route) => route.has("nat_gateway_id"));
  const crossing = routes.filter((route) => isToOtherZone(synthesised, route));
  const share = crossing.length / Math.max(1, routes.length);
  return [low * share, high * share];
}

function isToOtherZone(synthesised: SynthesisedJson, route: Resource): boolean {
  const to = zonesOf(synthesised, synthesised.targets(route, "nat_gateway_id"));
  const from = zonesOf(
    synthesised,
    synthesised
      .targets(route, "route_table_id")
      .flatMap((table) => synthesised.referring(table, "aws_route_table_association", "route_table_id")),
  );
  return from.some((zone) => !to.includes(zone));
}

/** Zones of the subnets of gateways or associations. */
function zonesOf(synthesised: SynthesisedJson, inSubnets: readonly Resource[]): readonly string[] {
  return inSubnets
    .flatMap((resource) => synthesised.targets(resource, "subnet_id"))
    .flatMap((subnet) => subnet.texts("availability_zone"));
}
