import { indirectRanges } from "../../../lib/aws-facts/direct-destinations";
import type { Nodes } from "./settings";

/** Has the nodes reach the ranges of the VPC directly, also those that are not private and would go through a proxy. */
export function withVpcRanges(nodes: Nodes, cidrs: readonly string[]): Nodes {
  const { proxy } = nodes;
  if (proxy === undefined) return nodes;
  return { ...nodes, proxy: { ...proxy, noProxy: [...indirectRanges(cidrs), ...proxy.noProxy] } };
}
