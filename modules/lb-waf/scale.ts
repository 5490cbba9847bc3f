import type { z } from "zod";
import type { ScaleProfile } from "../../lib/layer/environment-schema";
import type { Settings } from "./settings";

const blockedAndCounted = { waf: { loggedRequests: "blocked-and-counted" } } as const;

/** From 500 edge nodes, a log of every request costs more than the load balancers. */
export const scale: Readonly<Record<ScaleProfile, Partial<z.input<typeof Settings>>>> = {
  default: {},
  "100en": {},
  "500en": blockedAndCounted,
  "1ken": blockedAndCounted,
  "10ken": blockedAndCounted,
};
