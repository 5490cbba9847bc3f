import type { Found } from "../aws/lock-store";
import { Interrupted } from "../run/interrupts";
import { lease, type LockDocument } from "../run/lock-document";
import { pause } from "../run/pause";
import type { Run } from "../run/run";
import { commandLine } from "../command-line/request";

/** A beat may be late by fifteen seconds. */
const beatSeconds = lease.beatSeconds + 15;

/**
 * Whether a run whose process is gone from this machine has missed a beat: another machine may have the same name, where that
 * process lives. The folder of a rehearsal is on no other machine, nor is a process that has left a lock on this run's folders, too.
 */
export function isSilent(
  { request, lock }: Run,
  { pid }: LockDocument,
  { ageSeconds = 0 }: Extract<Found, { kind: "found" }>,
): boolean {
  return request.rehearse || lock.abandoned === pid || ageSeconds >= beatSeconds;
}

/** Waits as long as a run that is at work can take to renew its lock. */
export async function awaitBeat({ world, events, interrupts, loaded, request }: Run): Promise<void> {
  await events.step("waiting whether the run that has the lock is still at work", () =>
    pause(world.clock, beatSeconds, () => interrupts.draining),
  );
  if (interrupts.draining) throw new Interrupted(loaded.environment.name, commandLine(request));
}

/** The lock of a run that was killed on this machine is this run's now. */
export function takenOver({ run, pid }: LockDocument): string {
  return `Took over the environment's lock from run ${run}, whose process ${pid} on this machine is gone`;
}
