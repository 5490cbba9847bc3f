import type { HealthByType } from "../../layer/health";
import { completeTypes } from "./complete";
import { computeHealth } from "./compute";
import { dataHealth } from "./data";
import { networkHealth } from "./network";

/** How the types that the product creates are asked about, but for releases of Helm, which have cures of their own. */
export const healthByType: HealthByType = {
  ...dataHealth,
  ...computeHealth,
  ...networkHealth,
  ...Object.fromEntries(completeTypes.map((type) => [type, "exists" as const])),
};
