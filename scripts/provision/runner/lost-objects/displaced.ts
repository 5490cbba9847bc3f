import type { AnyLayer } from "../../../../lib/layer/layer";
import { existenceOf } from "../../aws/existence";
import type { Run } from "../../run/run";
import type { StateHead } from "../../terraform/state";
import { regionOf } from "../region-of";
import type { Displaced } from "./find-objects";
import { placeIn, type Unplaced } from "./unplaced";

/**
 * What of these still exists: Terraform reads nothing of what is to be imported where the state has something, and AWS lists by tags for
 * hours what is deleted. What nothing is asked about is `unplaced`.
 */
export async function existingBeside(
  run: Run,
  layer: AnyLayer,
  { displaced, state }: { readonly displaced: readonly Displaced[]; readonly state: StateHead | undefined },
): Promise<{ readonly displaced: readonly Displaced[]; readonly unplaced: readonly Unplaced[] }> {
  const asked = await Promise.all(
    displaced.map(async (object) => {
      const { address, type, id, isReplaced } = object;
      // What the state has is gone itself, and makes way: then Terraform judges.
      if (!isReplaced) return { object, kind: "exists" };
      const region = regionOf(run, layer.name, address);
      const existence = await existenceOf(run, { type, id, region, tags: {} });
      const isUnanswered = existence.kind === "unknown" && existence.because !== undefined;
      return { object, kind: isUnanswered ? "exists" : existence.kind };
    }),
  );
  const of = (wanted: string) => asked.flatMap(({ object, kind }) => (kind === wanted ? [object] : []));
  return {
    displaced: of("exists"),
    unplaced: of("unknown").map(({ address, type, id }) => ({
      ...{ address, type, ids: [id] },
      ...placeIn(state, address),
    })),
  };
}
