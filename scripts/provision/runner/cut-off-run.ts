import { exitCodes, UserError } from "../../../lib/errors";
import type { AnyLayer } from "../../../lib/layer/layer";
import { recoverLine } from "../run/recover-line";
import { printable } from "../screen/printable";
import { runOf } from "../run/journal/place";
import type { Run } from "../run/run";
import { type JournalOfRun, type Journals, storedJournals } from "./read-journals";

/** Phases after which everything of a layer is in its state, or known to be in none. */
const settled: readonly string[] = [
  ...["applied", "unchanged", "finished", "recovered"],
  ...["destroyed", "nothing to destroy"],
];

/**
 * The run elsewhere that was creating objects of a layer when it was cut off, by its journal in the bucket, unless a later one has brought
 * the layer to an end. Of runs in this folder, their record tells more: see `recordCreations`.
 */
export async function cutOffRun(run: Run, layer: string): Promise<JournalOfRun | undefined> {
  const journals = await storedJournals(run);
  warnOfUnread(run, journals);
  const last = journals.runs.find((each) => cutOffIn(each, layer) !== undefined);
  return last !== undefined && cutOffIn(last, layer) === true && !isHere(run, last) ? last : undefined;
}

/** Throws if there is one: an apply would fail at objects with a name, and create the others once more. */
export async function assertNotCutOff(run: Run, layer: AnyLayer, verb: string): Promise<void> {
  const last = await cutOffRun(run, layer.name);
  const [line] = last?.lines ?? [];
  if (line === undefined) return;
  throw new UserError(
    printable(
      `Cannot ${verb} "${layer.name}": run ${line.run} of ${line.user} on ${line.host} was cut off while it created objects, which may be in no state`,
    ),
    `To find and import those that exist, run: ${recoverLine(run, layer)}`,
    exitCodes.recoveryNeeded,
  );
}

/** Runs whose operators know what could not be read. */
const warned = new WeakSet<Run>();

/** What is not known to have been cut off may have been. */
function warnOfUnread(run: Run, { bucketUnread, unread }: Journals): void {
  if (warned.has(run)) return;
  warned.add(run);
  const bucket = { place: "the journals in the state bucket", because: bucketUnread };
  for (const { place, because } of bucketUnread === undefined ? unread : [bucket])
    run.events.note(
      `Not read: ${place}, ${because ?? ""}; a run that was cut off elsewhere may have left objects in no state`,
      "warning",
    );
}

/** Undefined where a run says nothing of it: it has created nothing, or come to no end that tells. */
function cutOffIn({ lines }: JournalOfRun, layer: string): boolean | undefined {
  const own = lines.filter((line) => line.layer === layer);
  const began = own.findLastIndex(({ phase }) => phase === "applying");
  const after = own.slice(began + 1);
  if (after.some(({ phase }) => settled.includes(phase))) return false;
  // What a destroy has created before is in a state.
  if (began < 0 || own[began]?.command.split(" ")[0] === "destroy") return undefined;
  const end = after.at(-1);
  return end === undefined || end.serials?.lacks === true;
}

/** Whether it ran in this folder, which then has its record as well. */
function isHere({ world, folders, loaded }: Run, earlier: JournalOfRun): boolean {
  const files = world.files.list(`${folders.own}/journal`);
  return files.some((file) => runOf(loaded.environment, { file }) === earlier.run);
}
