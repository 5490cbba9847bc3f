import type { ScaleProfile } from "../../../lib/layer/environment-schema";

/** What each profile changes of the one before, as the real AWS provider plans it. */
export const growth: Readonly<Partial<Record<ScaleProfile, readonly string[]>>> = {};
