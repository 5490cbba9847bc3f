import { commandLine } from "../command-line/request";
import { Interrupted } from "../run/interrupts";
import { lease } from "../run/lock-document";
import { pause } from "../run/pause";
import type { Run } from "../run/run";

/** A beat may be late by fifteen seconds. */
export const beatSeconds = lease.beatSeconds + 15;

/** Waits as long as a run that is at work can take to renew its lock, which was written so many seconds ago. */
export async function awaitBeat(
  { world, events, interrupts, loaded, request }: Run,
  ageSeconds = 0,
): Promise<void> {
  await events.step("waiting whether the run that has the lock is still at work", () =>
    pause(world.clock, beatSeconds - ageSeconds, () => interrupts.draining),
  );
  if (interrupts.draining) throw new Interrupted(loaded.environment.name, commandLine(request));
}
