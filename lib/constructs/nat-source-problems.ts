import type { Environment } from "../layer/environment-schema";
import type { Problem } from "../layer/layer";
import type { Network } from "./nat-sources";

/** Who must be able to connect to what. */
interface Reach {
  readonly access: Environment["access"];
  /** The access lists of the load balancers. */
  readonly lists: readonly ("adminCidrs" | "publicCidrs")[];
  /** What pods connect to, e.g. `the load balancers`. */
  readonly target: string;
}

/** Reports zones of an existing network whose pods no access list of an internet-facing load balancer can contain. */
export function natSourceProblems(network: Network, { access, lists, target }: Reach): readonly Problem[] {
  if (network.source === "new") return [];
  const { zones } = network;
  const unknown = Object.keys(zones).filter((zone) => zones[zone]?.natPublicIp === undefined);
  const empty = lists.filter((list) => access[list].length === 0).map((list) => `access.${list}`);
  if (empty.length === 0) return [];
  return unknown.map((zone) => ({
    path: ["layers", "vpc", "network", "zones", zone],
    message: `has no natPublicIp, and ${empty.join(" and ")} ${empty.length === 1 ? "is" : "are"} empty, so pods cannot reach ${target}`,
    hint: `Specify the address from which the zone's traffic reaches the internet as natPublicIp, or a range with it in ${empty.join(" and ")}`,
  }));
}
