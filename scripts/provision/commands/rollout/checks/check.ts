import type { Entrance } from "../../../../../lib/layer/rollout";
import type { Run } from "../../../run/run";
import type { KubernetesApi } from "../../../world/index";

/** What came of a check. */
export interface Checked {
  readonly outcome: "passed" | "failed" | "not checked";
  /** What was found, as in `5 of 5 target groups have healthy targets`. */
  readonly text: string;
}

/** What a check looks at. */
export interface Surroundings {
  readonly run: Run;
  readonly api: KubernetesApi;
  readonly entrance: Entrance;
}
