import type { JournalLine } from "../run/journal/line";
import { runOf } from "../run/journal/place";
import type { Run } from "../run/run";
import { type JournalOfRun, readJournals } from "./read-journals";

/** As many runs are looked through. */
const newest = 20;

/** Ways in which a layer ends with everything of it in its state, or known to be in none. */
const settled: readonly string[] = ["applied", "unchanged", "finished", "destroyed", "nothing to destroy"];
/** An interrupt that is repeated ends Terraform itself. */
const open: readonly string[] = ["applying", "interrupted"];

/**
 * Layers that runs elsewhere were changing when they were cut off, by their journals in the bucket, and that no later run has
 * brought to an end. Of those in this folder, its record tells more: see `recordCreations`.
 */
export async function cutOffLayers(run: Run): Promise<ReadonlySet<string>> {
  const { runs, bucketUnread, unread } = await readJournals(run, { newest, from: "bucket" });
  if (bucketUnread !== undefined) warn(run, "the journals in the state bucket", bucketUnread);
  for (const { place, because } of unread) warn(run, place, because);
  const earlier = runs.filter((each) => each.run !== run.name);
  const layers = new Set(earlier.flatMap(({ lines }) => lines.flatMap(({ layer }) => layer ?? [])));
  return new Set(
    [...layers].filter((layer) => {
      const last = earlier.find((each) => cutOffIn(each, layer) !== undefined);
      return last !== undefined && cutOffIn(last, layer) === true && !isHere(run, last);
    }),
  );
}

/** What is not known to have been cut off may have been. */
function warn({ events }: Run, place: string, because: string): void {
  events.note(
    `Not read: ${place}, ${because}; a run that was cut off elsewhere may have left objects in no state`,
    "warning",
  );
}

/** Undefined where a run says nothing of it. */
function cutOffIn({ lines }: JournalOfRun, layer: string): boolean | undefined {
  const known = [...settled, ...open];
  const last = lines.findLast((line) => line.layer === layer && known.includes(line.phase));
  if (last === undefined) return undefined;
  return open.includes(last.phase) && !hasRecovered(lines);
}

/** An import has no layer that ends. */
function hasRecovered(lines: readonly JournalLine[]): boolean {
  const last = lines.at(-1);
  return last?.command.split(" ")[0] === "recover" && last.exitCode === 0;
}

/** Whether it ran in this folder, which then has its record as well. */
function isHere({ world, folders, loaded }: Run, earlier: JournalOfRun): boolean {
  const files = world.files.list(`${folders.own}/journal`);
  return files.some((file) => runOf(loaded.environment, { file }) === earlier.run);
}
