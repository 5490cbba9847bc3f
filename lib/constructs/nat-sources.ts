import { Fn, Token } from "cdktf";
import { rangeForm, rangeSize } from "../layer/source-range";
import { type NatGateways, natZones } from "./nat-zones";
import type { RuleSource } from "./source-groups";

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

/** A range of an access list: the ID of its rules, and their source. */
export interface ListedRange {
  readonly id: string;
  /** As EC2 stores it. */
  readonly range: string;
  readonly source: RuleSource;
}

/**
 * The ranges of an access list beside the NAT addresses, which have rules of their own and may be listed, too. Those of a
 * new network are assigned by AWS, so that Terraform compares them. The rule of the NAT address is the one that stays: a
 * listed address then changes nothing, while Terraform could create its rule before it deletes the equal one.
 */
export function listedRanges(list: readonly string[], sources: readonly NatSource[]): readonly ListedRange[] {
  const literals = sources.map(({ literal }) => literal);
  const assigned = sources.filter(({ literal }) => literal === undefined).map(({ cidrIpv4 }) => cidrIpv4);
  return list
    .map(rangeForm)
    .filter((range) => !literals.includes(range))
    .map((range) => ({ id: range.replaceAll(/[./:]/g, "-"), range, source: sourceOf(range, assigned) }));
}

function sourceOf(range: string, assigned: readonly string[]): RuleSource {
  if (rangeSize(range).family === "IPv6") return { cidrIpv6: range };
  if (!range.endsWith("/32") || assigned.length === 0) return { cidrIpv4: range };
  return { cidrIpv4: range, count: Token.asNumber(Fn.conditional(Fn.contains(assigned, range), 0, 1)) };
}
