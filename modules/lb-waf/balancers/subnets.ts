import type { z } from "zod";
import type { Keyed } from "../../../lib/layer/outputs";
import type { vpc } from "../../vpc/layer";

interface Place {
  readonly internal: boolean;
  readonly network: z.output<typeof vpc.settings>["network"];
  /** IDs of the subnets, by zone. */
  readonly ids: { readonly privateSubnetIds: Keyed; readonly publicSubnetIds: Keyed };
}

/** The subnets of the load balancers: public ones, or, for internal load balancers, those of the settings or private ones. */
export function subnetIds(zones: readonly string[], { internal, network, ids }: Place): readonly string[] {
  if (!internal) return zones.map((zone) => ids.publicSubnetIds.at(zone));
  const chosen = network.source === "existing" ? network.zones : {};
  return zones.map((zone) => chosen[zone]?.loadBalancerSubnetId ?? ids.privateSubnetIds.at(zone));
}
