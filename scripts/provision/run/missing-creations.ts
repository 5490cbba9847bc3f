import { createdAgain } from "../../../lib/aws-facts/created-again";
import type { AnyLayer } from "../../../lib/layer/layer";
import { type Creation, recordedCreations } from "./creations";
import type { Run } from "./run";

/**
 * What runs on this machine may have created of a layer, without what a state is `known` to have, by address, and without what a second
 * creation only makes again. At its address, the state may still have what it takes the place of.
 */
export function missingCreations(
  { world, folders }: Run,
  { name }: AnyLayer,
  known: ReadonlyMap<string, unknown>,
): readonly Creation[] {
  const recorded = recordedCreations(world.files, folders, name);
  const isKnown = ({ address, ids, instead }: Creation) => {
    const id = known.get(address);
    if (typeof id !== "string") return known.has(address);
    return ids.length === 0 ? id !== instead : ids.includes(id);
  };
  return recorded.filter((creation) => !createdAgain.includes(creation.type) && !isKnown(creation));
}
