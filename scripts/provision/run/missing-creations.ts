import { createdAgain } from "../../../lib/aws-facts/created-again";
import type { AnyLayer } from "../../../lib/layer/layer";
import { type Creation, recordedCreations } from "./creations";
import type { Run } from "./run";

/** What runs on this machine may have created of a layer, without these addresses, and without what a second creation only makes again. */
export function missingCreations(
  { world, folders }: Run,
  { name }: AnyLayer,
  known: ReadonlySet<string>,
): readonly Creation[] {
  const recorded = recordedCreations(world.files, folders, name);
  return recorded.filter(({ type, address }) => !createdAgain.includes(type) && !known.has(address));
}
