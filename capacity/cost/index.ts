import type { SynthesisedJson } from "../../synthesis/environment";
import type { DeclaringLayer, ScaleContext } from "../context";
import { nodeGroupsOf } from "../fit/node-groups";
import { costOfData } from "./data";
import { costOfDeclared, declaredTypes, type LayerType, notPriced } from "./declared";
import type { Range } from "../../lib/layer/prices";
import type { CostBasis, CostLine } from "./line";
import { costOfLogs } from "./logs";
import { costOfNetwork } from "./network";
import { costOfNodes } from "./nodes";
import { type Prices, pricesFor, priceSource } from "./prices";
import { costOfServices } from "./services";
import { billedByUse } from "./types";
import { assumedUsage } from "./usage";

/** What an environment costs in a month, in USD. */
export interface Cost {
  readonly lines: readonly CostLine[];
  /** Null: the region has no prices here, so nothing is known. */
  readonly total: Range | null;
  /** Types that cost something or nothing: neither the shared tables nor their layer have a price. */
  readonly notPriced: readonly LayerType[];
  /** What to know before relying on it. */
  readonly notes: readonly string[];
}

/** What is estimated, and by whose prices beside the shared ones. */
interface Estimate {
  readonly synthesised: SynthesisedJson;
  readonly context: ScaleContext;
  readonly layers: readonly DeclaringLayer[];
}

/** Estimates a month: low with the fewest nodes, least capacity and least use, high with the most of each. */
export function estimateCost(estimate: Estimate): Cost {
  const { synthesised, context, layers } = estimate;
  const prices = pricesFor(context);
  const unknown = notPriced(synthesised, layers);
  if (prices === undefined) {
    const note = `No estimate: the price table has no prices for ${context.region}`;
    return { lines: [], total: null, notPriced: unknown, notes: [note] };
  }
  const lines = linesOf(estimate, prices);
  const total = (end: 0 | 1) => lines.reduce((sum, { usd }) => sum + usd[end], 0);
  return {
    lines,
    total: [total(0), total(1)],
    notPriced: unknown,
    notes: [
      ...(prices.note === undefined ? [] : [prices.note]),
      `Prices of ${prices.region}, compiled ${priceSource.compiled}: ${priceSource.basis}`,
      ...notInTotal(
        "the table has no price",
        lines.filter(({ priced }) => !priced).map(({ item }) => item),
      ),
      ...usageNotes(estimate),
      ...unusedNotes(estimate),
      "Amounts marked * are assumed for the scale profile, not read from the environment",
    ],
  };
}

function linesOf({ synthesised, context, layers }: Estimate, prices: Prices): readonly CostLine[] {
  const { scaleProfile, region } = context;
  const usage = assumedUsage(scaleProfile);
  const basis: CostBasis = { scaleProfile, synthesised, groups: nodeGroupsOf(synthesised), prices, usage };
  const { used } = declaredTypes(synthesised, layers);
  return [
    ...[costOfNodes, costOfData, costOfNetwork, costOfServices, costOfLogs].flatMap((cost) => cost(basis)),
    ...used.flatMap((declared) => costOfDeclared(declared, { region, prices })),
  ];
}

/** What costs by use, unless its layer says how much it is used. */
function usageNotes({ synthesised, layers }: Estimate): readonly string[] {
  const { used } = declaredTypes(synthesised, layers);
  const declared = new Set(used.flatMap(({ resources }) => resources));
  const names = Object.entries(billedByUse)
    .filter(([type]) => synthesised.of(type).some((resource) => !declared.has(resource)))
    .map(([, name]) => name);
  return notInTotal("nothing is known of their use", names);
}

function notInTotal(reason: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`Not in the total, because ${reason}: ${names.join("; ")}`];
}

function unusedNotes({ synthesised, layers }: Estimate): readonly string[] {
  return declaredTypes(synthesised, layers).unused.map(
    ({ layer, type }) =>
      `The prices that layer "${layer}" declares for ${type} are not used: the estimate counts it already`,
  );
}
