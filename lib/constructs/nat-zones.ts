/** How many NAT gateways a new network has. */
export type NatGateways = "one-per-zone" | "single";

/** The zones of a new network that have a NAT gateway; a single one is in the first zone, and serves the others too. */
export function natZones(zones: readonly string[], natGateways: NatGateways): readonly string[] {
  return natGateways === "single" ? zones.slice(0, 1) : zones;
}
