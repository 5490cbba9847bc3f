import type { ScaleProfile } from "../../lib/layer/environment-schema";
import type { Range } from "../../lib/layer/prices";
import type { SynthesisedJson } from "../../synthesis/environment";
import type { NodeGroup } from "../fit/node-groups";
import type { Prices } from "./prices";
import type { Usage } from "./usage";

/** Hours in a month, as AWS's own calculator counts them. */
const hoursByMonth = 730;

/** What one thing costs in a month, in USD. */
export interface CostLine {
  /** Part of the bill, e.g. `nodes`; the layer where its own prices are used. */
  readonly topic: string;
  readonly item: string;
  /** How much of it, with its unit. */
  readonly amount: string;
  readonly usd: Range;
  /** The amount is assumed, not read from the synthesised resources. */
  readonly assumed: boolean;
  /** The table has a price for it; nothing is added to the total without. */
  readonly priced: boolean;
}

/** All that the cost of an environment depends on. */
export interface CostBasis {
  readonly scaleProfile: ScaleProfile;
  readonly synthesised: SynthesisedJson;
  readonly groups: readonly NodeGroup[];
  readonly prices: Prices;
  readonly usage: Usage;
}

interface Part {
  readonly topic: string;
  readonly item: string;
  /** USD for one; undefined when the table has none. */
  readonly price: number | undefined;
  readonly amount: number | Range;
  /** What is counted, in the singular. */
  readonly unit: string;
  /** Billed by the hour, for all of the month. */
  readonly hourly?: true;
  readonly assumed?: true;
}

/** Multiplies an amount with its price; without anything to pay for there is no line. */
export function costLines(parts: readonly Part[]): readonly CostLine[] {
  return parts
    .filter(({ amount }) => asRange(amount)[1] > 0)
    .map(({ topic, item, price, amount, unit, hourly, assumed }) => {
      const [low, high] = asRange(amount);
      const factor = (price ?? 0) * (hourly ? hoursByMonth : 1);
      return {
        topic,
        item,
        amount: amountText([low, high], unit),
        usd: [low * factor, high * factor],
        assumed: assumed ?? false,
        priced: price !== undefined,
      };
    });
}

/** A fixed amount is its own least and most. */
export function asRange(amount: number | Range): Range {
  return typeof amount === "number" ? [amount, amount] : amount;
}

function amountText([low, high]: Range, unit: string): string {
  const text = (number: number) => String(number < 10 ? Math.round(number * 10) / 10 : Math.round(number));
  const range = text(low) === text(high) ? text(low) : `${text(low)} to ${text(high)}`;
  return `${range} ${range === "1" ? unit : plural(unit)}`;
}

function plural(unit: string): string {
  if (/^([A-Z]+|million)$/.test(unit)) return unit;
  return unit.endsWith("s") ? `${unit}es` : `${unit}s`;
}
