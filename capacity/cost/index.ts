import type { Environment } from "../../lib/layer/environment-schema";
import type { SynthesisedJson } from "../../synthesis/environment";
import { costOfData } from "./data";
import type { CostBasis, CostLine } from "./line";
import { costOfNetwork } from "./network";
import { costOfNodes } from "./nodes";
import { costOfServices } from "./services";
import { nodeGroupsOf } from "../fit/node-groups";
import { pricesFor, priceSource } from "./prices";
import { assumedUsage, type Range } from "./usage";

/** What an environment costs in a month, in USD. */
export interface Cost {
  readonly lines: readonly CostLine[];
  readonly total: Range;
  /** What to know before believing it. */
  readonly notes: readonly string[];
}

/** Resources that cost something by use, and of whose use nothing is known. */
const uncounted: Readonly<Record<string, string>> = {
  aws_lambda_function: "Lambda functions",
  aws_ecr_repository: "images in ECR repositories",
  aws_ecr_pull_through_cache_rule: "images in the ECR pull-through cache",
  aws_guardduty_detector: "GuardDuty",
  aws_securityhub_account: "Security Hub",
};

type Place = Pick<Environment, "region" | "partition" | "scaleProfile">;

/** Estimates a month: low with the fewest nodes, least capacity and least use, high with the most of each. */
export function estimateCost(synthesised: SynthesisedJson, place: Place): Cost {
  const prices = pricesFor(place);
  if (prices === undefined) {
    return {
      lines: [],
      total: [0, 0],
      notes: [`No estimate: the price table has no prices for ${place.region}`],
    };
  }
  const { scaleProfile } = place;
  const usage = assumedUsage(scaleProfile);
  const basis: CostBasis = { scaleProfile, synthesised, groups: nodeGroupsOf(synthesised), prices, usage };
  const lines = [costOfNodes, costOfData, costOfNetwork, costOfServices].flatMap((cost) => cost(basis));
  const total = (end: 0 | 1) => lines.reduce((sum, { usd }) => sum + usd[end], 0);
  return {
    lines,
    total: [total(0), total(1)],
    notes: [
      ...(prices.note === undefined ? [] : [prices.note]),
      `Prices of ${prices.region}, compiled ${priceSource.compiled}: ${priceSource.basis}`,
      ...lines
        .filter(({ priced }) => !priced)
        .map(({ item }) => `Not in the total, because the table has no price: ${item}`),
      ...Object.entries(uncounted)
        .filter(([type]) => synthesised.of(type).length > 0)
        .map(([, name]) => `Not in the total, because nothing is known of their use: ${name}`),
      "Amounts marked * are assumed for the scale profile, not read from the environment",
    ],
  };
}
