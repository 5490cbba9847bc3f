import { type CostDriver, costDrivers } from "../../../../capacity/cost/drivers";
import { profileCosts } from "../../../../capacity/profile-costs";
import { type CapacityReport, capacityReport } from "../../../../capacity/report";
import type { LoadedEnvironment } from "../../../../lib/environment/environment";
import type { ScaleProfile } from "../../../../lib/layer/environment-schema";
import type { AnyLayer } from "../../../../lib/layer/layer";
import type { Range } from "../../../../lib/layer/prices";
import { readEnvironment } from "../../../../synthesis/read";
import type { World } from "../../world/index";

/** Parts of the cost below this share of it are not worth a line of their own. */
const smallestShare = 0.02;

/** Synthesises the environment, and reads from that what it takes of a budget and its network. */
export async function estimate(
  { product, files }: World,
  layers: readonly AnyLayer[],
  loaded: LoadedEnvironment,
): Promise<CapacityReport> {
  const { environment } = loaded;
  const outdir = files.temporary();
  try {
    await product.synthesise(layers, loaded, { outdir, deletionProtection: true });
    return capacityReport(readEnvironment(files, outdir, layers), environment, layers);
  } finally {
    files.remove(outdir);
  }
}

/** What a month costs and which settings decide it, in lines of at most 80 characters. */
export function costLines({ cost, environment }: CapacityReport): readonly string[] {
  const { region, scaleProfile } = environment;
  const { lines, total, notes } = cost;
  if (total === null)
    return [
      `Estimated cost: unknown, because there are no prices for ${region} here.`,
      `In us-west-2, it would be ${profileCost(scaleProfile)} USD a month, most of it nodes`,
      "(scaleProfile, layers.eks) and database (layers.aurora).",
    ];
  const foreign = notes[0]?.startsWith("The table has no prices") === true;
  return [
    `Estimated cost: ${rangeText(total)} USD a month, at ${foreign ? "prices of a similar region" : "list prices"}.`,
    "What decides it, in USD a month:",
    ...costDrivers({ lines, total }, smallestShare).map(driverLine),
  ];
}

/** What an environment of a scale profile costs in a month, about. */
export function profileCost(profile: ScaleProfile): string {
  return rangeText(profileCosts[profile]);
}

function driverLine({ part, settings, usd }: CostDriver): string {
  return `  ${part.padEnd(25)} ${rangeText(usd).padStart(15)}  ${settings}`;
}

function rangeText([low, high]: Range): string {
  const text = (usd: number) => Math.round(usd).toLocaleString("en-US");
  return text(low) === text(high) ? text(low) : `${text(low)} to ${text(high)}`;
}
