import { acceptedSeconds } from "../aws/clock";
import { isStateLocked } from "../aws/state-object";
import { runOf } from "../run/journal/place";
import { pause } from "../run/pause";
import type { Run } from "../run/run";
import { printable } from "../screen/printable";
import { isBeating, lockInUse } from "./lock-holders";
import { type JournalOfRun, readJournals, storedJournals } from "./read-journals";

/** Phases after which everything of a layer is in its state, or known to be in none. */
const settled: readonly string[] = [
  ...["applied", "unchanged", "finished", "recovered"],
  ...["destroyed", "nothing to destroy"],
];

/** The phase of a layer of which an earlier state takes the place of a later one: that lacks what was created since. */
const restored = "restored";

/** How a layer comes out otherwise; the journal says then whether its state lacks something. Between attempts, it says nothing. */
const ends: readonly string[] = ["failed", "interrupted", "refused", "declined"];

/**
 * The run elsewhere that was creating objects of a layer when it was cut off, by its journal in the bucket, unless a later one has brought
 * the layer to an end, or it is at work still. Of runs in this folder, their record tells more: see `recordCreations`. Also the run,
 * wherever it was, that has restored an older state of the layer.
 */
export async function cutOffRun(run: Run, layer: string): Promise<JournalOfRun | undefined> {
  const { runs } = await storedJournals(run, (read) => unsettledIn(run, layer, read) !== undefined);
  const last = unsettledIn(run, layer, runs);
  if (last === undefined || last === "none") return undefined;
  return (await isAtWork(run, last, layer)) ? undefined : last;
}

/** How far the clocks of two machines may differ. */
const skew = 1000 * acceptedSeconds;

/**
 * The first of these runs, of which the bucket got the end last, that was cut off, and that none before it here has settled; "none" where no
 * older one can be, undefined where it can. A run that ends late, e.g. in a laptop that slept at the question of another layer, settles nothing
 * that began after what it did to this layer.
 */
function unsettledIn(
  run: Run,
  layer: string,
  runs: readonly JournalOfRun[],
): JournalOfRun | "none" | undefined {
  let settledAt: number | undefined;
  for (const journal of runs) {
    const told = toldBy(journal, layer);
    if (told?.isCutOff === true && (settledAt === undefined || told.at > settledAt + skew)) {
      // One of this folder may only have begun to recover what another has left.
      if (told.isRestored || !isHere(run, journal)) return journal;
    }
    if (told?.isCutOff === false) settledAt = Math.max(settledAt ?? told.at, told.at);
    if (settledAt !== undefined && !((journal.written ?? 0) > settledAt)) return "none";
  }
  return undefined;
}

/** Longer than a run at work takes, as a rule, from its journal to Terraform's lock, and from the end of that to its journal. */
const secondsWithoutLock = 5;

/**
 * Whether it is in the lock of the environment, and goes on with the layer, or renews that lock: it may be at a question, or wait before
 * another attempt.
 */
async function isAtWork(run: Run, { run: name }: JournalOfRun, layer: string): Promise<boolean> {
  const held = await lockInUse(run);
  if (held === undefined) return false;
  const members = [held.lock, ...held.lock.joined];
  if (!members.some((member) => member.run === name && (member.layer ?? layer) === layer)) return false;
  if ((await isStateLocked(run, layer)) !== false) return true;
  await pause(run.world.clock, secondsWithoutLock, () => run.interrupts.draining);
  if (await hasGoneOn(run, name, layer)) return true;
  // Of one that has joined, the lock does not tell whether it lives.
  if (held.lock.run !== name) return false;
  return (await isBeating(run, held)) || hasGoneOn(run, name, layer);
}

/** Whether its Terraform has the lock of the state, or its journal tells how the layer came out. */
async function hasGoneOn(run: Run, name: string, layer: string): Promise<boolean> {
  const [journal] = (await readJournals(run, { run: name, from: "bucket" })).runs;
  const isOpen = journal === undefined || toldBy(journal, layer)?.isCutOff === true;
  return !isOpen || (await isStateLocked(run, layer)) !== false;
}

/** What is said of such a run, as a clause. */
export function cutOffText(journal: JournalOfRun, layer: string): string {
  const { run, user, host } = journal.lines[0] ?? { run: "?", user: "?", host: "?" };
  const did = isRestored(journal, layer)
    ? "restored an older state, and what was created after that one"
    : "was cut off while it created objects, which";
  return printable(`run ${run} of ${user} on ${host} ${did} may be in no state`);
}

/** Whether the last that a run says of a layer is that it has restored an older state. */
export function isRestored(journal: JournalOfRun, layer: string): boolean {
  return toldBy(journal, layer)?.isRestored === true;
}

/** What a run says of a layer, and when that was, in milliseconds of its own clock. */
interface Told {
  /** Whether it was creating objects from then on; otherwise, it had come to an end then. */
  readonly isCutOff: boolean;
  readonly isRestored?: true;
  readonly at: number;
}

/** Undefined where a run says nothing of it: it has created nothing, or come to no end that tells. */
function toldBy({ lines }: JournalOfRun, layer: string): Told | undefined {
  const own = lines.filter((line) => line.layer === layer);
  const index = own.findLastIndex(
    ({ phase, terraform }) => phase === restored || (phase === "applying" && terraform !== "untaint"),
  );
  const after = own.slice(index + 1);
  const done = after.findLast(({ phase }) => settled.includes(phase));
  if (done !== undefined) return { isCutOff: false, at: Date.parse(done.time) };
  const began = own[index];
  if (began?.phase === restored) return { isCutOff: true, isRestored: true, at: Date.parse(began.time) };
  // What a destroy has created before is in a state.
  if (began === undefined || began.command.split(" ")[0] === "destroy") return undefined;
  const end = after.findLast(({ phase }) => ends.includes(phase));
  const isCutOff = end === undefined || end.serials?.lacks === true;
  return { isCutOff, at: Date.parse((isCutOff ? began : end).time) };
}

/** Whether it ran in this folder, which then has its record as well. */
function isHere({ world, folders, loaded }: Run, earlier: JournalOfRun): boolean {
  const files = world.files.list(`${folders.own}/journal`);
  return files.some((file) => runOf(loaded.environment, { file }) === earlier.run);
}
