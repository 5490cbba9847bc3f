import { lockInBucket } from "../aws/lock-store";
import { lease, type LockDocument, type LockMember, readLock } from "../run/lock-document";
import type { Run } from "../run/run";
import { awaitBeat } from "./await-beat";
import { lockInFolder } from "./lock-in-folder";

/** The environment's lock while a run has it. */
interface LockInUse {
  readonly lock: LockDocument;
  /** Since it was written. */
  readonly ageSeconds: number;
}

/** Undefined if nobody has it, if it cannot be read, or if its holder was not heard from in time. */
export async function lockInUse(run: Run): Promise<LockInUse | undefined> {
  const store = run.request.rehearse ? lockInFolder(run) : lockInBucket(run, "question");
  const found = await store.read("question");
  if (found.kind !== "found") return undefined;
  const { ageSeconds = 0 } = found;
  const lock = readLock(found.text);
  return lock?.kind === "held" && ageSeconds <= lease.staleSeconds ? { lock, ageSeconds } : undefined;
}

/** The run that has the environment's lock, and those that have joined it, of which one that was killed stays in it for long. */
export async function lockHolders(run: Run): Promise<readonly LockMember[]> {
  const { lock } = (await lockInUse(run)) ?? {};
  return lock === undefined ? [] : [lock, ...lock.joined];
}

/** Waits whether the run that has the lock renews it. */
export async function isBeating(run: Run, { lock, ageSeconds }: LockInUse): Promise<boolean> {
  await awaitBeat(run, ageSeconds);
  const later = (await lockInUse(run))?.lock;
  // Those that have joined write as well, and do not count it up.
  return later?.holder === lock.holder && later.beat !== lock.beat;
}
