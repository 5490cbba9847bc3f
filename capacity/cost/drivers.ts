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

const left = "everything else";
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
  { part: left, settings: "mostly use", has: () => true },
];

/** What the cost is made of, the largest part first, and at the end what is left and what has less than this share. */
export function costDrivers(
  { lines, total }: Pick<Cost, "lines"> & { readonly total: Range },
  share = 0,
): readonly CostDriver[] {
  const drivers = parts.map(({ part, settings, has }) => {
    const own = lines.filter((line) => parts.find((other) => other.has(line))?.has === has);
    return { part, settings, usd: sum(own) };
  });
  const isShown = ({ part, usd }: CostDriver) => part !== left && usd[1] > 0 && usd[1] >= share * total[1];
  const shown = drivers.filter(isShown).toSorted((a, b) => b.usd[1] - a.usd[1]);
  const others = drivers.filter((driver) => !isShown(driver));
  return [...shown, { part: left, settings: "mostly use", usd: sum(others) }];
}

function sum(priced: readonly { readonly usd: Range }[]): Range {
  const total = (end: 0 | 1) => priced.reduce((before, { usd }) => before + usd[end], 0);
  return [total(0), total(1)];
}
