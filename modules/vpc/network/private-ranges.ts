import type { z } from "zod";
import { planSubnets } from "../../../lib/aws-facts/subnets";
import type { Settings } from "../settings";

/** The IPv4 range of the private subnet, by zone: planned for a new VPC, configured for an existing one. */
export function privateRanges(
  { cidr, network }: Pick<z.output<typeof Settings>, "cidr" | "network">,
  zones: readonly string[],
): Readonly<Record<string, string>> {
  if (network.source === "new") return planSubnets(cidr, zones).private;
  return Object.fromEntries(
    Object.entries(network.zones).map(([zone, { privateCidr }]) => [zone, privateCidr]),
  );
}
