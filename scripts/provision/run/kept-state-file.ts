import type { AnyLayer } from "../../../lib/layer/layer";
import type { Run } from "./run";

/**
 * Where a state of a layer is kept that no command reads any more, for a person to look at; `what` is e.g. `serial-4`. A path at which
 * no other state is kept: two folders, or two runs, can have states with one serial, or damaged ones in the same second.
 */
export function keptStateFile(
  { world, folders }: Run,
  { name }: AnyLayer,
  { what, text }: { readonly what: string; readonly text: string },
): string {
  for (let number = 1; ; number += 1) {
    const path = `${folders.own}/recovered/${name}-${what}${number === 1 ? "" : `-${number}`}.tfstate`;
    const found = world.files.read(path);
    if (found === undefined || found === text) return path;
  }
}

/** The same for one that is not whole. */
export function damagedStateFile(run: Run, layer: AnyLayer, text: string): string {
  const stamp = run.world.clock.now().toISOString().replace(/\..*/, "").replaceAll(":", "-");
  return keptStateFile(run, layer, { what: `damaged-${stamp}`, text });
}
