import { isWithin } from "../../../lib/aws-facts/overlap";
import { direct } from "./scripts";
import type { Nodes } from "./settings";

/** Has the nodes reach the ranges of the VPC directly, also those that are not private and would go through a proxy. */
export function withVpcRanges(nodes: Nodes, cidrs: readonly string[]): Nodes {
  const { proxy } = nodes;
  if (proxy === undefined) return nodes;
  const known = direct.filter((each) => each.includes("/"));
  const others = cidrs.filter((cidr) => !known.some((range) => isWithin(cidr, range)));
  return { ...nodes, proxy: { ...proxy, noProxy: [...others, ...proxy.noProxy] } };
}
