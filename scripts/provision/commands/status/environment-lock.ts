import { environmentLock } from "../../../../lib/layer/state-location";
import { faultText } from "../../aws/fault";
import { lockInBucket } from "../../aws/lock-store";
import type { Stored } from "../../aws/state-objects";
import { type LockDocument, readLock } from "../../run/lock-document";
import type { Run } from "../../run/run";
import { holderText } from "../../runner/lock-errors";

/** Who has the lock of the environment; `lock` is unset if nobody has, or it cannot be read. */
export interface LockStatus {
  /** Sentences for the operator. */
  readonly notes: readonly string[];
  readonly lock?: Omit<LockDocument, "kind"> & {
    /** How long ago it was renewed; unset where the store does not tell. */
    readonly ageSeconds?: number;
  };
}

/** Reads the lock of the environment, if the bucket has one. */
export async function lockStatus(run: Run, stored: Stored): Promise<LockStatus> {
  if (!stored.locks.has(environmentLock)) return { notes: [] };
  const found = await lockInBucket(run).read();
  if (found.kind === "fault")
    return { notes: [`The environment's lock cannot be read: ${faultText(found.fault)}`] };
  if (found.kind !== "found") return { notes: [] };
  const lock = readLock(found.text);
  if (lock === undefined) return { notes: ["What is there as the environment's lock cannot be read"] };
  const { kind, ...members } = lock;
  if (kind === "released") return { notes: [] };
  const { ageSeconds } = found;
  const age = ageSeconds === undefined ? {} : { ageSeconds };
  return {
    notes: [`The environment is locked: ${holderText(lock, ageSeconds)}`],
    lock: { ...members, ...age },
  };
}
