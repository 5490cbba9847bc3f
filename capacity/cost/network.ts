import type { Range } from "../../lib/layer/prices";
import { type CostBasis, type CostLine, costLines } from "./line";
import { toOtherZones } from "./other-zones";
import type { Prices } from "./prices";
import { interfaceEndpoints } from "../fit/interface-endpoints";

/** Gateways, endpoints, load balancers, public addresses, and what goes through them. */
export function costOfNetwork(basis: CostBasis): readonly CostLine[] {
  return [
    ...ways(basis),
    ...endpoints(basis),
    ...balancers(basis, "application"),
    ...balancers(basis, "network"),
  ];
}

function ways({ synthesised, prices, usage }: CostBasis): readonly CostLine[] {
  const gateways = synthesised.of("aws_nat_gateway").length;
  const topic = "network";
  return costLines([
    {
      topic,
      item: "NAT gateways",
      price: prices.of("natHour"),
      amount: gateways,
      unit: "gateway",
      hourly: true,
    },
    {
      topic,
      item: "through NAT gateways",
      price: prices.of("natGb"),
      amount: gateways === 0 ? 0 : usage.natGb,
      unit: "GB",
      assumed: true,
    },
    {
      topic,
      item: "to NAT gateways in another zone",
      price: prices.of("betweenZonesGb"),
      amount: toOtherZones(synthesised, usage.natGb),
      unit: "GB",
      assumed: true,
    },
    {
      topic,
      item: "to the internet",
      price: prices.of("outGb"),
      amount: usage.outGb,
      unit: "GB",
      assumed: true,
    },
    {
      topic,
      item: "public IPv4 addresses",
      price: prices.of("publicAddressHour"),
      amount: publicAddresses({ synthesised }),
      unit: "address",
      hourly: true,
    },
  ]);
}

/** Elastic addresses, and one in each zone for each load balancer that faces the internet. */
function publicAddresses({ synthesised }: Pick<CostBasis, "synthesised">): number {
  const facing = synthesised.of("aws_lb").filter((balancer) => !balancer.is("internal", true));
  return facing.reduce(
    (sum, balancer) => sum + balancer.values("subnets").length,
    synthesised.of("aws_eip").length,
  );
}

function endpoints({ synthesised, prices, usage }: CostBasis): readonly CostLine[] {
  const found = interfaceEndpoints(synthesised);
  const places = found.reduce((sum, endpoint) => sum + endpoint.values("subnet_ids").length, 0);
  const topic = "network";
  return costLines([
    {
      topic,
      item: `interface endpoints, ${found.length} services`,
      price: prices.of("endpointHour"),
      amount: places,
      unit: "zone",
      hourly: true,
    },
    {
      topic,
      item: "through interface endpoints",
      price: prices.of("endpointGb"),
      amount: places === 0 ? 0 : usage.endpointGb,
      unit: "GB",
      assumed: true,
    },
  ]);
}

const kinds = {
  application: { name: "Application", hour: "applicationBalancerHour", unit: "applicationCapacityHour" },
  network: { name: "Network", hour: "networkBalancerHour", unit: "networkCapacityHour" },
} as const satisfies Readonly<
  Record<string, { name: string; hour: Parameters<Prices["of"]>[0]; unit: Parameters<Prices["of"]>[0] }>
>;

function balancers({ synthesised, prices, usage }: CostBasis, kind: keyof typeof kinds): readonly CostLine[] {
  const { name, hour, unit } = kinds[kind];
  const count = synthesised.of("aws_lb").filter((balancer) => balancer.is("load_balancer_type", kind)).length;
  const none: Range = [0, 0];
  const topic = "load balancing";
  return costLines([
    {
      topic,
      item: `${name} Load Balancers`,
      price: prices.of(hour),
      amount: count,
      unit: "load balancer",
      hourly: true,
    },
    {
      topic,
      item: `capacity of ${name} Load Balancers`,
      price: prices.of(unit),
      amount: count === 0 ? none : usage[`${kind}CapacityUnits`],
      unit: "capacity unit",
      hourly: true,
      assumed: true,
    },
  ]);
}
