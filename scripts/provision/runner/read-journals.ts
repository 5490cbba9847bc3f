import { type Fault, faultText } from "../aws/fault";
import type { JournalLine } from "../run/journal/line";
import type { Run } from "../run/run";
import { copiesOf, type Places, placesOf, type UnreadJournal } from "./journal-places";

/** What is known of one run. */
export interface JournalOfRun {
  readonly run: string;
  /** In the order in which they were written; at least one. */
  readonly lines: readonly JournalLine[];
  /** When the bucket got the last of them, by the clock of S3, in milliseconds; unset for one that is on this machine alone. */
  readonly written?: number;
}

/** Journals of an environment, and why some may be missing. */
export interface Journals {
  /** The newest first. */
  readonly runs: readonly JournalOfRun[];
  /** Why only those on this machine are among them; unset if the bucket has been read. */
  readonly bucketUnread?: string;
  /** Journals of which no line could be read. */
  readonly unread: readonly UnreadJournal[];
  /** Why some of them, or the list, were not read. */
  readonly faults: readonly Fault[];
}

/**
 * Reads the journals of the newest runs, or that of one run: from the state bucket, and those that only this machine has, unless they
 * are wanted from the bucket alone; of two copies the longer. What they say is for people: the states alone say what there is.
 */
export async function readJournals(
  run: Run,
  wanted: ({ readonly newest: number } | { readonly run: string }) & { readonly from?: "bucket" },
): Promise<Journals> {
  const places = await placesOf(run, { from: wanted.from, patience: "question" });
  const names = newestFirst(places);
  return readThese(
    run,
    places,
    "run" in wanted ? names.filter((name) => name === wanted.run) : names.slice(0, wanted.newest),
  );
}

function newestFirst({ local, stored }: Places): readonly string[] {
  return [...new Set([...local.keys(), ...stored.keys()])].sort().reverse();
}

async function readThese(run: Run, places: Places, chosen: readonly string[]): Promise<Journals> {
  const read = await Promise.all(
    chosen.map(async (name) => {
      const copies = await copiesOf(run, places, name);
      const written = places.stored.get(name)?.written;
      const [lines = []] = copies
        .flatMap((copy) => ("because" in copy ? [] : [copy]))
        .toSorted((one, other) => other.length - one.length);
      return {
        journal: { run: name, lines, ...(written === undefined ? {} : { written }) },
        unread: copies.flatMap((copy) => ("because" in copy ? [copy] : [])),
      };
    }),
  );
  const unread = read.flatMap((each) => (each.journal.lines.length > 0 ? [] : each.unread));
  return {
    runs: read.flatMap(({ journal }) => (journal.lines.length > 0 ? [journal] : [])),
    unread,
    faults: [places, ...unread].flatMap((each) => each.fault ?? []),
    ...(places.fault === undefined ? {} : { bucketUnread: faultText(places.fault) }),
  };
}

/** How many are read at once: as a rule, one of them tells what is wanted. */
const pageSize = 50;

/** What has been read of the bucket in a run, for all layers. */
interface Pages extends Journals {
  readonly places: Places;
  /** Names of those that have not been read. */
  readonly older: readonly string[];
  next?: Promise<Pages>;
}

const readSoFar = new WeakMap<Run, Promise<Pages>>();

/**
 * The journals of earlier runs in the bucket, the newest first, as far back as they `tell` what is wanted, or all; by default, those that have
 * been read. They decide what a run may do, so S3 is asked patiently. Those on this machine do not count: somebody else may have destroyed the
 * environment with its bucket.
 */
export async function storedJournals(
  run: Run,
  tell: (runs: readonly JournalOfRun[]) => boolean = () => true,
): Promise<Journals> {
  let reading = readSoFar.get(run) ?? firstPage(run);
  for (;;) {
    readSoFar.set(run, reading);
    const pages = await reading;
    if (pages.older.length === 0 || tell(pages.runs)) return pages;
    reading = pages.next ??= nextPage(run, pages);
  }
}

async function firstPage(run: Run): Promise<Pages> {
  const places = await placesOf(run, { from: "bucket", patience: "work" });
  const written = (name: string) => places.stored.get(name)?.written ?? 0;
  // The clocks of those who wrote them may differ by minutes.
  const older = newestFirst(places)
    .filter((name) => name !== run.name)
    .toSorted((one, other) => written(other) - written(one));
  return nextPage(run, { places, older, runs: [], unread: [], faults: [] });
}

async function nextPage(run: Run, { places, older, ...before }: Omit<Pages, "next">): Promise<Pages> {
  const page = await readThese(run, places, older.slice(0, pageSize));
  return {
    ...page,
    runs: [...before.runs, ...page.runs],
    unread: [...before.unread, ...page.unread],
    faults: [...before.faults, ...page.faults],
    ...{ places, older: older.slice(pageSize) },
  };
}
