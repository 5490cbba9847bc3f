import { type Fault, faultText } from "../aws/fault";
import { passingFaults } from "../aws/passing-faults";
import type { LockStore } from "../aws/lock-store";
import { commandLine } from "../command-line/request";
import { type LockDocument, lockText, readLock } from "../run/lock-document";
import { withoutRun } from "../run/lock-list";
import { pause } from "../run/pause";
import type { Run } from "../run/run";

/** Seconds between attempts, one each for an operator who has interrupted the run: others would wait longer for a lock that stays. */
const pauses = [2, 5, 10];
/** After so many seconds no other attempt begins; each request gives up by itself within 20. The work is done, and the command seems to hang. */
const enough = 45;
/** Runs that join and leave it at the same moment are done after a few requests; a storage that refuses every write takes longer. */
const attempts = 5;

/** A lock, and who leaves it. */
interface Release {
  readonly store: LockStore;
  readonly holder: string;
  /** The lock as the run that holds it has written it last; unset for one that has joined. */
  readonly known: { readonly lock: LockDocument; readonly etag: string } | undefined;
}

/** Takes a run out of a lock; says what is left, after about a minute at the latest, if that fails. */
export async function releaseLock(run: Run, release: Release): Promise<void> {
  const because = await whyKept(run, release);
  if (because === undefined) return;
  if (run.request.rehearse) {
    run.events.note(
      `Cannot release the environment's lock: ${because}; the next run takes it over`,
      "warning",
    );
    return;
  }
  const unlock = commandLine(run.request, { command: "unlock" });
  run.events.note(
    release.known === undefined
      ? `Cannot take this run out of the environment's lock: ${because}; if no other run can begin when the runs with its id are over, run: ${unlock}`
      : `Cannot release the environment's lock: ${because}; the next run on this machine takes it over, and for one on another machine, run: ${unlock}`,
    "warning",
  );
}

async function whyKept(
  { world: { clock }, events, interrupts }: Run,
  release: Release,
): Promise<string | undefined> {
  const began = clock.seconds();
  try {
    for (let attempt = 0; ; attempt++) {
      const fault = await leave(release);
      if (fault === undefined) return undefined;
      const because = faultText(fault);
      const seconds = passingFaults.includes(fault.kind) ? pauses[attempt] : undefined;
      if (seconds === undefined || clock.seconds() - began > enough) return because;
      if (attempt === 0)
        events.note(`Trying for up to a minute to release the environment's lock: ${because}`, "quiet");
      await pause(clock, seconds, () => interrupts.draining);
    }
  } catch (error) {
    // The lock of a rehearsal is a file, and the disk may be full.
    return error instanceof Error ? error.message : String(error);
  }
}

/** Writes the lock without the run, by its newest version if it is not the known one; undefined once the run is not in it. */
async function leave({ store, holder, known }: Release): Promise<Fault | undefined> {
  let newest = known;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    if (newest === undefined) {
      const found = await store.read("question");
      if (found.kind === "fault") return found.fault;
      const lock = found.kind === "found" ? readLock(found.text) : undefined;
      if (found.kind !== "found" || lock === undefined) return undefined;
      newest = { lock, etag: found.etag };
    }
    const rest = withoutRun(newest.lock, holder);
    if (rest === undefined) return undefined;
    const written = await store.replace(lockText(rest), newest.etag, "question");
    if (written.kind === "fault") return written.fault;
    if (written.kind !== "conflict") return undefined;
    newest = undefined;
  }
  return { kind: "unavailable", code: "PreconditionFailed", message: "other runs change it all the time" };
}
