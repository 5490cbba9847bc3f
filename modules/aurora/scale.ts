import type { z } from "zod";
import type { ScaleProfile } from "../../lib/layer/environment-schema";
import type { Settings } from "./settings";

/** Capacity by scale profile. From 100 edge nodes, a second instance in another zone takes over within a minute. */
export const scale: Readonly<Record<ScaleProfile, Partial<z.input<typeof Settings>>>> = {
  default: { instances: 1, minCapacityAcu: 0.5, maxCapacityAcu: 2 },
  "100en": { instances: 2, minCapacityAcu: 0.5, maxCapacityAcu: 2 },
  "500en": { instances: 2, minCapacityAcu: 0.5, maxCapacityAcu: 4 },
  "1ken": { instances: 2, minCapacityAcu: 0.5, maxCapacityAcu: 8 },
  "10ken": { instances: 3, minCapacityAcu: 0.5, maxCapacityAcu: 35 },
};
