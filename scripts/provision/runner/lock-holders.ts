import { lockInBucket } from "../aws/lock-store";
import { lease, readLock } from "../run/lock-document";
import { hasEnded } from "../run/lock-holder";
import type { Run } from "../run/run";
import { lockInFolder } from "./lock-in-folder";

/**
 * Names of the runs that have the environment's lock, or have joined it; none if it cannot be read, or its holder was not heard from in
 * time.
 */
export async function lockHolders(run: Run): Promise<readonly string[]> {
  const store = run.request.rehearse ? lockInFolder(run) : lockInBucket(run, "question");
  const found = await store.read("question");
  if (found.kind !== "found" || (found.ageSeconds ?? 0) > lease.staleSeconds) return [];
  const lock = readLock(found.text);
  if (lock?.kind !== "held") return [];
  return [lock, ...lock.joined].filter((holder) => !hasEnded(run.world, holder)).map((holder) => holder.run);
}
