import type { LockDocument, LockMember } from "./lock-document";

/** Whether it is, or was, that of a run: as its holder, or as one that has joined. */
export function names(lock: LockDocument, holder: string): boolean {
  return lock.holder === holder || lock.joined.some((run) => run.holder === holder);
}

/** The lock with a run among those that have joined, as it is now. */
export function withJoined(lock: LockDocument, run: LockMember): LockDocument {
  const joined = names(lock, run.holder)
    ? lock.joined.map((each) => (each.holder === run.holder ? run : each))
    : [...lock.joined, run];
  return { ...lock, joined };
}

/** The lock that a run has left: the first one that has joined holds it then, or nobody. Undefined if the run is not in it. */
export function withoutRun(lock: LockDocument, holder: string): LockDocument | undefined {
  if (lock.kind === "released") return undefined;
  const beat = lock.beat + 1;
  if (lock.holder === holder) {
    const [next, ...joined] = lock.joined;
    return next === undefined ? { ...lock, kind: "released", beat } : { ...next, kind: "held", beat, joined };
  }
  const joined = lock.joined.filter((run) => run.holder !== holder);
  return joined.length === lock.joined.length ? undefined : { ...lock, joined };
}
