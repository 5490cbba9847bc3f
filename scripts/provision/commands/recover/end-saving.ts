import type { AnyLayer } from "../../../../lib/layer/layer";
import { cutOffRun } from "../../runner/cut-off-run";
import { storedJournals } from "../../runner/read-journals";
import { mayLackObjects, type stateSerials } from "../../runner/state-serials";
import type { RecoverRun } from "./index";

/**
 * Says in the journal that a layer has everything in the state that was saved, unless something tells of an object that may be in none, here or
 * elsewhere. Without that, other machines take the run for one that was cut off.
 */
export async function endSaving(
  run: RecoverRun,
  layer: AnyLayer,
  serials: ReturnType<typeof stateSerials>,
): Promise<void> {
  if (await mayLackObjects(run, layer)) return;
  if ((await cutOffRun(run, layer.name)) !== undefined) return;
  const { bucketUnread, unread } = await storedJournals(run);
  if (bucketUnread !== undefined || unread.length > 0) return;
  run.events.publish({ type: "layer recovered", layer: layer.name, serials: await serials("applied") });
}
