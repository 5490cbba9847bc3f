import { stateLocation } from "../../../lib/layer/state-location";
import type { Run } from "../run/run";

/**
 * Drops the lock that a killed Terraform has left on a layer's state in a rehearsal, when none is at work for that layer any more. This run
 * has the rehearsal's folder for itself, so that the lock belongs to nobody. Of a lock in a real bucket that is not known.
 */
export function dropDeadLock({ rehearsal, loaded, events }: Run, layer: string): void {
  if (rehearsal === undefined) return;
  const { bucket, key } = stateLocation(loaded.environment, layer);
  const lock = `${key}.tflock`;
  if (!rehearsal.lockFiles().includes(`${bucket}/${lock}`)) return;
  rehearsal.removeLock(bucket, lock);
  events.note(`${layer}: the lock of a Terraform that was killed is released`, "warning");
}
