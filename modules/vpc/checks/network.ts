import type { z } from "zod";
import { isWithin, overlap } from "../../../lib/aws-facts/overlap";
import type { Environment } from "../../../lib/layer/environment-schema";
import type { Problem } from "../../../lib/layer/layer";
import type { ExistingNetwork } from "../network/settings";
import type { Settings } from "../settings";

interface CheckInputs {
  readonly environment: Pick<Environment, "zones">;
  readonly settings: z.output<typeof Settings>;
}

/** Reports inconsistent settings of an existing VPC. */
export function networkProblems({ environment, settings }: CheckInputs): readonly Problem[] {
  const { network, cidr, additionalCidrs } = settings;
  if (network.source === "new") return [];
  return [
    ...missingZones(network, environment.zones),
    ...zonesOutsideEnvironment(network, environment.zones),
    ...sharedSubnets(network),
    ...partlyChosen(network),
    ...overlappingSubnets(network),
    ...strayRanges(network, [cidr, ...additionalCidrs]),
  ];
}

const at = (...path: string[]) => ["layers", "vpc", "network", "zones", ...path];

function missingZones({ zones }: ExistingNetwork, wanted: readonly string[]): readonly Problem[] {
  const missing = wanted.filter((zone) => zones[zone] === undefined);
  if (missing.length === 0) return [];
  return [
    {
      path: at(),
      message: `has no private subnet in ${missing.map((zone) => `"${zone}"`).join(" and ")}; the environment needs one in each of its three zones`,
      hint: "Specify the subnets of every zone in the environment's zones",
    },
  ];
}

function zonesOutsideEnvironment({ zones }: ExistingNetwork, wanted: readonly string[]): readonly Problem[] {
  return Object.keys(zones)
    .filter((zone) => !wanted.includes(zone))
    .map((zone) => ({
      path: at(zone),
      message: `"${zone}" is not a zone of the environment`,
      hint: `Remove it; the environment's zones are ${wanted.join(", ")}`,
    }));
}

/** In the order of their importance: of two settings with one subnet, the later one is most likely the wrong one. */
const kinds = ["privateSubnetId", "publicSubnetId", "loadBalancerSubnetId"] as const;

function sharedSubnets({ zones }: ExistingNetwork): readonly Problem[] {
  const named = kinds.flatMap((kind) =>
    Object.entries(zones).flatMap(([zone, subnets]) => {
      const id = subnets[kind];
      // Internal load balancers can be in the zone's private or public subnet.
      const isOther =
        kind === "loadBalancerSubnetId" && [subnets.privateSubnetId, subnets.publicSubnetId].includes(id);
      return id === undefined || isOther ? [] : [{ zone, kind, id }];
    }),
  );
  return named.flatMap(({ zone, kind, id }, index) => {
    const first = named.slice(0, index).find((other) => other.id === id);
    if (first === undefined) return [];
    return [
      {
        path: at(zone, kind),
        message: `"${id}" is the ${first.kind} of ${first.zone} as well`,
        hint: "Specify a different subnet for each zone, and for public and private",
      },
    ];
  });
}

/** A load balancer answers by an address of each zone, and whoever gets the one of another kind of subnet may not reach it. */
function partlyChosen({ zones }: ExistingNetwork): readonly Problem[] {
  const named = Object.entries(zones);
  const having = named.filter(([, { loadBalancerSubnetId }]) => loadBalancerSubnetId !== undefined);
  if (having.length === 0) return [];
  const others = having.map(([zone]) => zone).join(" and ");
  return named
    .filter(([, { loadBalancerSubnetId }]) => loadBalancerSubnetId === undefined)
    .map(([zone]) => ({
      path: at(zone),
      message: `has no loadBalancerSubnetId, but ${others} ${having.length === 1 ? "has" : "have"} one`,
      hint: "Specify the subnet of internal load balancers in every zone, or in none",
    }));
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html: ranges of a VPC's subnets cannot overlap. */
function overlappingSubnets({ zones }: ExistingNetwork): readonly Problem[] {
  const subnets = Object.entries(zones).map(([zone, { privateCidr }]) => ({ zone, privateCidr }));
  return subnets.flatMap(({ zone, privateCidr }, index) => {
    const other = subnets.slice(0, index).find((earlier) => overlap(earlier.privateCidr, privateCidr));
    if (other === undefined) return [];
    return [
      {
        path: at(zone, "privateCidr"),
        message: `"${privateCidr}" overlaps "${other.privateCidr}" of ${other.zone}`,
        hint: "Correct it: the subnets of a VPC share no address",
      },
    ];
  });
}

function strayRanges({ zones }: ExistingNetwork, ranges: readonly string[]): readonly Problem[] {
  const inside = (cidr: string) => ranges.some((range) => isWithin(cidr, range));
  return Object.entries(zones)
    .filter(([, { privateCidr }]) => !inside(privateCidr))
    .map(([zone, { privateCidr }]) => ({
      path: at(zone, "privateCidr"),
      message: `"${privateCidr}" is outside the VPC, which has ${ranges.join(", ")}`,
      hint: "Correct it, or correct the VPC's ranges in layers.vpc.cidr and layers.vpc.additionalCidrs",
    }));
}
