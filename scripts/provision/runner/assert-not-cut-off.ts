import { exitCodes, UserError } from "../../../lib/errors";
import type { AnyLayer } from "../../../lib/layer/layer";
import { recoverLine } from "../run/recover-line";
import type { Run } from "../run/run";
import { cutOffRun, cutOffText } from "./cut-off-run";
import { storedJournals } from "./read-journals";

/** Throws if a run elsewhere was cut off while it created objects of a layer: an apply would fail at objects with a name, and create the others once more. */
export async function assertNotCutOff(run: Run, layer: AnyLayer, verb: string): Promise<void> {
  await warnOfUnread(run);
  const last = await cutOffRun(run, layer.name);
  if (last === undefined) return;
  throw new UserError(
    `Cannot ${verb} "${layer.name}": ${cutOffText(last)}`,
    `To find and import those that exist, run: ${recoverLine(run, layer)}`,
    exitCodes.recoveryNeeded,
  );
}

/** Runs whose operators know what could not be read. */
const warned = new WeakSet<Run>();

/** What is not known to have been cut off may have been. */
export async function warnOfUnread(run: Run): Promise<void> {
  if (warned.has(run)) return;
  warned.add(run);
  const { bucketUnread, unread } = await storedJournals(run);
  const bucket = { place: "the journals in the state bucket", because: bucketUnread };
  for (const { place, because } of bucketUnread === undefined ? unread : [bucket])
    run.events.note(
      `Not read: ${place}, ${because ?? ""}; a run that was cut off elsewhere may have left objects in no state`,
      "warning",
    );
}
