import type { Range } from "../../lib/layer/prices";
import type { Cost } from "./index";
import type { CostLine } from "./line";

/** A part of the cost that settings decide. */
export interface CostDriver {
  readonly part: string;
  /** The settings that decide it, as a file writes them. */
  readonly settings: string;
  readonly usd: Range;
}

interface Part {
  readonly part: string;
  readonly settings: string;
  readonly has: (line: CostLine) => boolean;
}

const about = (pattern: RegExp) => (line: CostLine) => pattern.test(`${line.topic}: ${line.item}`);

/** Every line of the estimate belongs to the first part that has it; a test finds parts that have none. */
export const parts: readonly Part[] = [
  {
    part: "nodes and volumes",
    settings: "scaleProfile, layers.eks",
    has: about(/^nodes: (nodes,|disks|volumes)/),
  },
  { part: "Kubernetes control plane", settings: "fixed", has: about(/^nodes: EKS control plane/) },
  {
    part: "database",
    settings: "scaleProfile, layers.aurora",
    has: about(/^database: /),
  },
  {
    part: "interface endpoints",
    settings: "layers.network-operations",
    has: about(/^network: .*interface endpoints/),
  },
  { part: "NAT gateways", settings: "layers.vpc.network", has: about(/^network: .*NAT gateways/) },
  {
    part: "load balancers, addresses",
    settings: "layers.lb-waf",
    has: about(/^load balancing: |IPv4 addresses/),
  },
  {
    part: "web ACLs and their logs",
    settings: "layers.lb-waf.waf",
    has: about(/web ACLs/),
  },
  { part: "other logs", settings: "mostly use", has: about(/^monitoring: .*logs/) },
  { part: "everything else", settings: "mostly use", has: () => true },
];

/** What the cost is made of, the largest part first, and what is left at the end. */
export function costDrivers({ lines }: Pick<Cost, "lines">): readonly CostDriver[] {
  const drivers = parts.map(({ part, settings, has }) => {
    const own = lines.filter((line) => parts.find((other) => other.has(line))?.has === has);
    const sum = (end: 0 | 1) => own.reduce((total, { usd }) => total + usd[end], 0);
    return { part, settings, usd: [sum(0), sum(1)] as const };
  });
  const [rest, ...named] = drivers.filter(({ usd }) => usd[1] > 0).toReversed();
  return [...named.toSorted((a, b) => b.usd[1] - a.usd[1]), ...(rest === undefined ? [] : [rest])];
}
