import { type Fault, faultText } from "../aws/fault";
import type { LockStore } from "../aws/lock-store";
import { commandLine } from "../command-line/request";
import { pause } from "../run/pause";
import type { Run } from "../run/run";

/** What may have passed in a moment. */
const passing: readonly Fault["kind"][] = ["throttled", "unavailable", "unreachable", "timeout"];
/** Seconds between attempts, one each for an operator who has interrupted the run: others would wait longer for a lock that stays. */
const pauses = [2, 5, 10];
/** After so many seconds no other attempt begins; each gives up by itself within 20. The work is done, and the command seems to hang. */
const enough = 45;

/** A lock, and what it becomes. */
interface Release {
  readonly store: LockStore;
  readonly text: string;
  readonly etag: string;
}

/** Releases a lock; says what is left, after about a minute at the latest, if that fails. */
export async function releaseLock(run: Run, release: Release): Promise<void> {
  const because = await whyKept(run, release);
  if (because === undefined) return;
  const unlock = commandLine(run.request, { command: "unlock" });
  run.events.note(
    `Cannot release the environment's lock: ${because}; until it is, no other run can begin, so run: ${unlock}`,
    "warning",
  );
}

async function whyKept(
  { world: { clock }, events, interrupts }: Run,
  { store, text, etag }: Release,
): Promise<string | undefined> {
  const began = clock.seconds();
  try {
    for (let attempt = 0; ; attempt++) {
      const written = await store.replace(text, etag, "question");
      if (written.kind !== "fault") return undefined;
      const because = faultText(written.fault);
      const seconds = passing.includes(written.fault.kind) ? pauses[attempt] : undefined;
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
