import type { AnyLayer } from "../../../lib/layer/layer";
import type { Creation } from "../run/creations";
import { missingCreations } from "../run/missing-creations";
import type { Run } from "../run/run";
import type { StateHead } from "./state";

/** What earlier runs on this machine may have created of a layer, and a state of it does not have; see `missingCreations`. */
export function creationsNotIn(run: Run, layer: AnyLayer, state: StateHead | undefined): readonly Creation[] {
  const current = (state?.listed ?? []).filter(({ isDeposed }) => !isDeposed);
  return missingCreations(run, layer, new Map(current.map(({ address, id }) => [address, id] as const)));
}
