import type { z } from "zod";
import type { ScaleProfile } from "../../lib/layer/environment-schema";
import type { Settings } from "./settings";

const blockedAndCounted = { loggedRequests: "blocked-and-counted" } as const;

/** The same as in lb-waf: from 500 edge nodes, most of a log of every request are downloads that succeeded. */
export const scale: Readonly<Record<ScaleProfile, Partial<z.input<typeof Settings>>>> = {
  default: {},
  "100en": {},
  "500en": blockedAndCounted,
  "1ken": blockedAndCounted,
  "10ken": blockedAndCounted,
};
