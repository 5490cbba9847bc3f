import type { Range } from "../lib/layer/prices";
import type { ScaleProfile } from "../lib/layer/environment-schema";

/**
 * What a month costs in us-west-2 with every default, in USD, rounded; a test compares it with the estimate, which takes
 * a synthesis.
 */
export const profileCosts: Readonly<Record<ScaleProfile, Range>> = {
  default: [900, 3300],
  "100en": [1900, 4000],
  "500en": [3100, 8100],
  "1ken": [4800, 11_000],
  "10ken": [8700, 30_000],
};
