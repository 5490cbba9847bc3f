import type { AnyLayer } from "../../../lib/layer/layer";
import type { Run } from "./run";

/** Where a state of a layer that is not whole is kept, for a person to look at. */
export function damagedStateFile({ world, folders }: Run, { name }: AnyLayer): string {
  const stamp = world.clock.now().toISOString().replace(/\..*/, "").replaceAll(":", "-");
  return `${folders.own}/recovered/${name}-damaged-${stamp}.tfstate`;
}
