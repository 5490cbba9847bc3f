import type { Environment } from "../lib/layer/environment-schema";
import type { AnyLayer } from "../lib/layer/layer";

/** What of an environment decides prices, quotas and expected use. */
export type ScaleContext = Pick<Environment, "region" | "partition" | "scaleProfile">;

/** What layers declare where the shared tables lack it. */
export type DeclaringLayer = Pick<AnyLayer, "name" | "quotas" | "prices">;
