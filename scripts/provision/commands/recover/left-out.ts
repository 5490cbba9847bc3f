import type { AnyLayer } from "../../../../lib/layer/layer";
import { layerFolder } from "../../../../synthesis/folder";
import { readLayer } from "../../../../synthesis/read";
import type { Creation } from "../../run/creations";
import type { ListedObject, StateHead } from "../../terraform/state";
import { placeIn } from "../../runner/lost-objects/unplaced";
import type { RecoverRun } from "./index";

/** An object that one state of a layer has, and the other one, which stays, has not. */
export interface LeftOut extends Creation {
  /** Why no plan would create it, a clause, so that it cannot be imported; unset: one would. */
  readonly placeless?: string;
}

/** What is left out by a state of the objects of another one. */
export function leftOut(
  run: RecoverRun,
  layer: AnyLayer,
  { by, of }: { readonly by: StateHead; readonly of: StateHead },
): readonly LeftOut[] {
  const known = new Set(by.listed.map(keyOf));
  return of.listed
    .filter((object) => !known.has(keyOf(object)))
    .map((object) => {
      const { address, type, id } = object;
      const placeless = placelessIn(run, layer, { object, state: by });
      const ids = id === undefined ? [] : [id];
      return { address, type, ids, ...(placeless === undefined ? {} : { placeless }) };
    });
}

function keyOf({ address, id }: ListedObject): string {
  return `${address} ${id ?? ""}`;
}

function placelessIn(
  { world, folders }: RecoverRun,
  { name }: AnyLayer,
  { object: { address, type, id }, state }: { readonly object: ListedObject; readonly state: StateHead },
): string | undefined {
  // It is in the state at another address.
  if (id !== undefined && state.has(type, id)) return undefined;
  const { placeless, isBeside } = placeIn(state, address);
  const { resource = {} } = readLayer(world.files, layerFolder(folders.synthesised, name));
  const names = Object.keys(resource[type] ?? {}).map((each) => `${type}.${each}`);
  return isBeside || !names.includes(address.replace(/\[.*$/, "")) ? placeless : undefined;
}
