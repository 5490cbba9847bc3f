import { Fn, Op, type TerraformResourceLifecycle } from "cdktf";
import { type NatGateways, natZones } from "./nat-zones";

/** A source range of a security group rule. */
export interface NatSource {
  readonly zone: string;
  readonly cidrIpv4: string;
  /** The same range as the environment file has it, for an existing network. */
  readonly literal?: string;
}

/** Network settings of the vpc layer, as far as they name NAT addresses. */
export type Network =
  | { readonly source: "new"; readonly natGateways: NatGateways }
  | {
      readonly source: "existing";
      readonly zones: Readonly<Record<string, { readonly natPublicIp?: string | undefined }>>;
    };

/**
 * Where traffic of the orchestrator's nodes and pods to public addresses comes from: the NAT address of each zone. A
 * network can have one for several zones, but EC2 rejects the same rule twice (InvalidPermission.Duplicate):
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html. An existing network can have none.
 */
export function natSources(
  zones: readonly string[],
  { network }: { readonly network: Network },
  { natPublicIps }: { readonly natPublicIps: { at(zone: string): string } },
): readonly NatSource[] {
  const range = (zone: string) => `${natPublicIps.at(zone)}/32`;
  if (network.source === "new")
    return natZones(zones, network.natGateways).map((zone) => ({ zone, cidrIpv4: range(zone) }));
  const addresses = new Set<string>();
  return zones.flatMap((zone) => {
    const address = network.zones[zone]?.natPublicIp;
    if (address === undefined || addresses.has(address)) return [];
    addresses.add(address);
    return [{ zone, cidrIpv4: range(zone), literal: `${address}/32` }];
  });
}

/** A NAT address that an access list does not contain, with the arguments of its rule. */
export interface UnlistedSource {
  readonly zone: string;
  readonly rule: { readonly cidrIpv4: string; readonly lifecycle?: TerraformResourceLifecycle };
}

/**
 * The NAT addresses beside an access list, which may contain some of them. The addresses of a new network are unknown when
 * a list is first written, because AWS assigns them; one that is added to the list later fails at plan time.
 */
export function unlisted(
  sources: readonly NatSource[],
  { name, cidrs }: { readonly name: "adminCidrs" | "publicCidrs"; readonly cidrs: readonly string[] },
): readonly UnlistedSource[] {
  const addresses = cidrs.filter((cidr) => cidr.endsWith("/32"));
  return sources
    .filter(({ literal }) => literal === undefined || !addresses.includes(literal))
    .map(({ zone, cidrIpv4, literal }) => {
      if (literal !== undefined || addresses.length === 0) return { zone, rule: { cidrIpv4 } };
      const condition = Op.not(Fn.contains(addresses, cidrIpv4));
      const errorMessage = `access.${name} lists ${cidrIpv4}, the NAT address of ${zone}, which is allowed in any case: remove it from the environment file`;
      return { zone, rule: { cidrIpv4, lifecycle: { precondition: [{ condition, errorMessage }] } } };
    });
}
