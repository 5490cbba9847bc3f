import { stateLocation } from "../../../lib/layer/state-location";
import { layerFolder } from "../../../synthesis/folder";
import type { Run } from "../run/run";
import { runningIn } from "./earlier-process";

/**
 * Drops the lock that a killed Terraform has left on a layer's state in a rehearsal, unless one is still at work for that layer. This run
 * has the rehearsal's folder for itself, so that the lock belongs to nobody. Of a lock in a real bucket that is not known.
 */
export async function dropDeadLock(run: Run, layer: string): Promise<void> {
  const { rehearsal, loaded, world, folders, events } = run;
  if (rehearsal === undefined) return;
  const { bucket, key } = stateLocation(loaded.environment, layer);
  const lock = `${key}.tflock`;
  if (!rehearsal.lockFiles().includes(`${bucket}/${lock}`)) return;
  for (const outdir of [folders.synthesised, folders.unprotected])
    if ((await runningIn(world, layerFolder(outdir, layer))) !== undefined) return;
  rehearsal.removeLock(bucket, lock);
  events.note(`${layer}: the lock of a Terraform that was killed is released`, "warning");
}
