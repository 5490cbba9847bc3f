import type { z } from "zod";
import type { ScaleProfile } from "../../lib/layer/environment-schema";
import type { Settings } from "./settings";

/** The sizes that the platform's profiles have for as many edge nodes. */
export const scale: Readonly<Record<ScaleProfile, Partial<z.input<typeof Settings>>>> = {
  default: {},
  "100en": {},
  "500en": { observabilitySize: "large" },
  "1ken": { observabilitySize: "large", edgeInfrastructureSize: "1k" },
  "10ken": { observabilitySize: "large", edgeInfrastructureSize: "10k" },
};
