import type { FoundLock } from "../aws/lock-store";
import { lease, type LockDocument } from "../run/lock-document";
import { hasEnded } from "../run/lock-holder";
import type { Run } from "../run/run";
import { awaitBeat, beatSeconds } from "./await-beat";
import { lockedBy } from "./lock-errors";

/** Until then, a run that has joined takes over what is stale: it looks once a beat. */
const joinedSeconds = lease.staleSeconds + beatSeconds;

/**
 * Whether the lock of runs with another id may be taken over: their processes are gone from this machine. False after the time of
 * a beat, in which `watched`, the version that was seen before, is still unset: it has to be looked at again. Throws who has it.
 */
export async function mayTakeOver(
  run: Run,
  lock: LockDocument,
  found: FoundLock & { readonly watched: string | undefined },
): Promise<boolean> {
  const hasEveryoneEnded = [lock, ...lock.joined].every((each) => hasEnded(run.world, each));
  if (!hasEveryoneEnded) throw lockedBy(run, lock, found.ageSeconds);
  if (found.watched === found.etag || isSilent(run, lock, found)) return true;
  // Those that have joined do not write: waiting for a beat would tell nothing of them.
  if (found.watched !== undefined || lock.joined.length > 0) throw lockedBy(run, lock, found.ageSeconds);
  await awaitBeat(run);
  return false;
}

/**
 * Whether a run whose process is gone from this machine has missed a beat: another machine may have the same name, where that
 * process lives. The folder of a rehearsal is on no other machine, nor is a process that has left a lock on this run's folders, too.
 */
function isSilent({ request, lock }: Run, { pid, joined }: LockDocument, found: FoundLock): boolean {
  const { ageSeconds = 0 } = found;
  if (request.rehearse) return true;
  if (joined.length > 0) return ageSeconds >= joinedSeconds;
  return lock.abandoned === pid || ageSeconds >= beatSeconds;
}

/** Whether a run with the same id is not heard from. Should it be at work after all, it joins the one that has taken over. */
export function isSilentJob(run: Run, lock: LockDocument, found: FoundLock): boolean {
  const { ageSeconds = 0 } = found;
  const isGone = hasEnded(run.world, lock) && (run.request.rehearse || ageSeconds >= beatSeconds);
  return isGone || ageSeconds > lease.staleSeconds;
}

/** The lock of a run that was killed on this machine is this run's now. */
export function takenOver({ run, pid }: LockDocument): string {
  return `Took over the environment's lock from run ${run}, whose process ${pid} on this machine is gone`;
}
