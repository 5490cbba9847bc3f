import { printable } from "../screen/printable";
import { runOf } from "../run/journal/place";
import type { Run } from "../run/run";
import { lockHolders } from "./lock-holders";
import { type JournalOfRun, storedJournals } from "./read-journals";

/** Phases after which everything of a layer is in its state, or known to be in none. */
const settled: readonly string[] = [
  ...["applied", "unchanged", "finished", "recovered"],
  ...["destroyed", "nothing to destroy"],
];

/**
 * The run elsewhere that was creating objects of a layer when it was cut off, by its journal in the bucket, unless a later one has brought
 * the layer to an end, or it is at work still. Of runs in this folder, their record tells more: see `recordCreations`.
 */
export async function cutOffRun(run: Run, layer: string): Promise<JournalOfRun | undefined> {
  const { runs } = await storedJournals(run);
  const last = runs.find((each) => cutOffIn(each, layer) !== undefined);
  if (last === undefined || cutOffIn(last, layer) !== true || isHere(run, last)) return undefined;
  return (await lockHolders(run)).includes(last.run) ? undefined : last;
}

/** What is said of such a run, as a clause. */
export function cutOffText({ lines: [line] }: JournalOfRun): string {
  const { run, user, host } = line ?? { run: "?", user: "?", host: "?" };
  return printable(
    `run ${run} of ${user} on ${host} was cut off while it created objects, which may be in no state`,
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
