import { Address4 } from "ip-address";
import { direct } from "./scripts";
import type { Nodes } from "./settings";

/** Has the nodes reach the ranges of the VPC directly, also those that are not private and would go through a proxy. */
export function withVpcRanges(nodes: Nodes, cidrs: readonly string[]): Nodes {
  const { proxy } = nodes;
  if (proxy === undefined) return nodes;
  const known = direct.filter((each) => each.includes("/")).map((range) => new Address4(range));
  const others = cidrs.filter((cidr) => !known.some((range) => new Address4(cidr).isInSubnet(range)));
  return { ...nodes, proxy: { ...proxy, noProxy: [...others, ...proxy.noProxy] } };
}
