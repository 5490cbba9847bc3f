import { stateLocation } from "../../../lib/layer/state-location";
import type { Run } from "../run/run";

/**
 * Drops the lock that a killed Terraform has left on a layer's state in a rehearsal. This run has the rehearsal's folder for itself, and a
 * Terraform of an earlier run has lost its simulated account together with that run, so that the lock belongs to nobody. Of a lock in a
 * real bucket that is not known.
 */
export function dropDeadLock({ rehearsal, loaded, events }: Run, layer: string): void {
  if (rehearsal === undefined) return;
  const { bucket, key } = stateLocation(loaded.environment, layer);
  const lock = `${bucket}/${key}.tflock`;
  if (!rehearsal.lockFiles().includes(lock)) return;
  rehearsal.removeLock(bucket, `${key}.tflock`);
  events.note(`${layer}: the lock of a Terraform that was killed is released`, "warning");
}
