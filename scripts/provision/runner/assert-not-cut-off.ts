import { exitCodes, UserError } from "../../../lib/errors";
import type { AnyLayer } from "../../../lib/layer/layer";
import { cureOf } from "../aws/failure";
import { faultText } from "../aws/fault";
import { passingFaults } from "../aws/passing-faults";
import { counted } from "../run/counted";
import { recoverLine } from "../run/recover-line";
import { bootstrapLayer, retryLine, type Run } from "../run/run";
import { cutOffRun, cutOffText, isRestored } from "./cut-off-run";
import { storedJournals } from "./read-journals";

/**
 * Throws if a run elsewhere was cut off while it created objects of a layer, or one has restored an older state of it: an apply would fail at
 * objects with a name, and create the others once more. A bootstrap that was cut off elsewhere is looked for in the account.
 */
export async function assertNotCutOff(run: Run, layer: AnyLayer, verb: string): Promise<void> {
  const last = await cutOffRun(run, layer.name);
  const isBootstrap = layer === bootstrapLayer(run);
  if (!isBootstrap) await assertJournalsRead(run, layer, verb);
  if (last === undefined || (isBootstrap && !isRestored(last, layer.name))) return;
  throw new UserError(
    `Cannot ${verb} "${layer.name}": ${cutOffText(last, layer.name)}`,
    `To find and import those that exist, run: ${recoverLine(run, layer)}`,
    exitCodes.recoveryNeeded,
  );
}

/** Warns of journals that cannot be read; throws where the next attempt may read them. */
export async function assertJournalsRead(run: Run, layer: AnyLayer, verb: string): Promise<void> {
  const { faults } = await storedJournals(run);
  const passing = faults.find(({ kind }) => passingFaults.includes(kind));
  if (passing !== undefined)
    throw new UserError(
      `Cannot ${verb} "${layer.name}": the journals in the state bucket are not read, ${faultText(passing)}; a run that was cut off elsewhere may have left objects in no state`,
      `${cureOf(run, passing)}; then run: ${retryLine(run, layer)}`,
      exitCodes.preflightFailed,
    );
  await warnOfUnread(run);
}

/** Places of which the operators of runs know. */
const warned = new WeakMap<Run, Set<string>>();

/** What is not known to have been cut off may have been. */
export async function warnOfUnread(run: Run): Promise<void> {
  const known = warned.get(run) ?? new Set();
  warned.set(run, known);
  const { bucketUnread, unread } = await storedJournals(run);
  const bucket = { place: "the journals in the state bucket", because: bucketUnread };
  const news = (bucketUnread === undefined ? unread : [bucket]).filter(({ place }) => !known.has(place));
  const [first] = news;
  if (first === undefined) return;
  for (const { place } of news) known.add(place);
  const others = news.length === 1 ? "" : `, and ${counted(news.length - 1, "other journal")}`;
  run.events.note(
    `Not read: ${first.place}, ${first.because ?? ""}${others}; a run that was cut off elsewhere may have left objects in no state`,
    "warning",
  );
}
