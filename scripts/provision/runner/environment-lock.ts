import { lockInBucket } from "../aws/lock-store";
import type { RunIdentity } from "../run/identity";
import type { Run } from "../run/run";
import { HeldLock } from "./held-lock";
import { lockInFolder } from "./lock-in-folder";

export type { HeldLock };

/** The lock for a run that may change something: in the state bucket, or among the files of a rehearsal. */
export function environmentLockOf(run: Run, identity: RunIdentity): HeldLock {
  const { world, request } = run;
  const holder = `${identity.run}:${identity.pid}:${world.randomBytes(4).toString("hex")}`;
  // Those that a hook starts share the lock of the run that the hook belongs to.
  const runId = identity.runId ?? identity.run;
  const since = world.clock.now().toISOString();
  const store = request.rehearse ? lockInFolder(run) : lockInBucket(run);
  const lock = new HeldLock(run, store, { holder, ...identity, runId, since });
  run.events.listen(lock.listen);
  return lock;
}
