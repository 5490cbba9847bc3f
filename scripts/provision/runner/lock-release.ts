import { type Fault, faultText } from "../aws/fault";
import type { LockStore, Written } from "../aws/lock-store";
import { commandLine } from "../command-line/request";
import { type LockDocument, lockText, readLock, withoutRun } from "../run/lock-document";
import { pause } from "../run/pause";
import type { Run } from "../run/run";

/** What may have passed in a moment. */
const passing: readonly Fault["kind"][] = ["throttled", "unavailable", "unreachable", "timeout"];
/** Seconds between attempts, one each for an operator who has interrupted the run: others would wait longer for a lock that stays. */
const pauses = [2, 5, 10];
/** After so many seconds no other attempt begins; each gives up by itself within 20. The work is done, and the command seems to hang. */
const enough = 45;
/** Runs that join and leave it at the same moment are done after a few requests. */
const conflicts = 20;

/** A lock, and who leaves it. */
interface Release {
  readonly store: LockStore;
  readonly holder: string;
  /** The lock as the run that holds it has written it last; unset for one that has joined. */
  readonly known: Known | undefined;
}
interface Known {
  readonly lock: LockDocument;
  readonly etag: string;
}

/** Takes a run out of a lock; says what is left, after about a minute at the latest, if that fails. */
export async function releaseLock(run: Run, release: Release): Promise<void> {
  const because = await whyKept(run, release);
  if (because === undefined) return;
  const unlock = commandLine(run.request, { command: "unlock" });
  run.events.note(
    release.known === undefined
      ? `Cannot take this run out of the environment's lock: ${because}; if no other run can begin when the runs with its id are over, run: ${unlock}`
      : `Cannot release the environment's lock: ${because}; until it is, no other run can begin, so run: ${unlock}`,
    "warning",
  );
}

async function whyKept({ world: { clock }, events, interrupts }: Run, release: Release) {
  const began = clock.seconds();
  let { known } = release;
  let [faults, tries] = [0, 0];
  try {
    for (;;) {
      const left = await leave(release, known);
      if (left === undefined || left.kind === "written" || left.kind === "no bucket") return undefined;
      if (left.kind === "conflict") {
        known = undefined;
        if (++tries === conflicts) return "other runs change it all the time";
        continue;
      }
      const because = faultText(left.fault);
      const seconds = passing.includes(left.fault.kind) ? pauses[faults] : undefined;
      if (seconds === undefined || clock.seconds() - began > enough) return because;
      if (faults++ === 0)
        events.note(`Trying for up to a minute to release the environment's lock: ${because}`, "quiet");
      await pause(clock, seconds, () => interrupts.draining);
    }
  } catch (error) {
    // The lock of a rehearsal is a file, and the disk may be full.
    return error instanceof Error ? error.message : String(error);
  }
}

/** Writes the lock without the run, by its newest version if that is not known. Undefined if the run is not in it any more. */
async function leave({ store, holder }: Release, known: Known | undefined): Promise<Written | undefined> {
  const newest = known ?? (await readNewest(store));
  if (newest === undefined || "kind" in newest) return newest;
  const rest = withoutRun(newest.lock, holder);
  return rest && store.replace(lockText(rest), newest.etag, "question");
}

async function readNewest(
  store: LockStore,
): Promise<Known | Extract<Written, { kind: "fault" }> | undefined> {
  const found = await store.read("question");
  if (found.kind === "fault") return found;
  const lock = found.kind === "found" ? readLock(found.text) : undefined;
  return found.kind === "found" && lock ? { lock, etag: found.etag } : undefined;
}
