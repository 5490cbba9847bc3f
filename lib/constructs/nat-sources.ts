/** A source range of a security group rule. */
export interface NatSource {
  readonly zone: string;
  readonly cidrIpv4: string;
}

/** Network settings of the vpc layer, as far as they name NAT addresses. */
type Network =
  | { readonly source: "new" }
  | {
      readonly source: "existing";
      readonly zones: Readonly<Record<string, { readonly natPublicIp: string }>>;
    };

/**
 * Where traffic of the orchestrator's nodes and pods to public addresses comes from: the NAT address of each zone. An
 * existing network can have one for several zones, but EC2 rejects the same rule twice (InvalidPermission.Duplicate):
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export function natSources(
  zones: readonly string[],
  { network }: { readonly network: Network },
  { natPublicIps }: { readonly natPublicIps: { at(zone: string): string } },
): readonly NatSource[] {
  const address = (zone: string) =>
    network.source === "existing" ? network.zones[zone]?.natPublicIp : undefined;
  const isFirst = (zone: string, index: number) =>
    address(zone) === undefined || zones.findIndex((other) => address(other) === address(zone)) === index;
  return zones.filter(isFirst).map((zone) => ({ zone, cidrIpv4: `${natPublicIps.at(zone)}/32` }));
}
