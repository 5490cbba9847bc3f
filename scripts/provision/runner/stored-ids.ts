import type { AnyLayer } from "../../../lib/layer/layer";
import type { StateIds } from "../../../lib/layer/state-ids";
import type { Fault } from "../aws/fault";
import { readStateObject } from "../aws/state-object";
import type { Run } from "../run/run";
import { readStoredState, type StoredObject } from "../terraform/stored-state";
import { absent, unreadable } from "./stored-outputs";

/**
 * The IDs in the states of the layers that a layer needs; none of those that are not applied. Outputs would not do: a destroy that fails
 * halfway leaves objects without them.
 */
export async function idsOfNeeds(
  run: Run,
  { needs }: AnyLayer,
): Promise<StateIds | { readonly fault: Fault }> {
  const objects: StoredObject[] = [];
  for (const { name } of Object.values(needs)) {
    const stored = await readStateObject(run, { layer: name, kind: "state" });
    if ("fault" in stored && !absent.includes(stored.fault.code)) return stored;
    if ("text" in stored) objects.push(...objectsIn(run, name, stored.text));
  }
  return {
    ids: (wanted) =>
      objects.flatMap(({ type, attributes: { id } }) =>
        type === wanted && typeof id === "string" ? [id] : [],
      ),
  };
}

function objectsIn(run: Run, name: string, text: string): readonly StoredObject[] {
  const state = readStoredState(text);
  if (typeof state !== "string") return state.objects;
  throw unreadable(run, name, state);
}
