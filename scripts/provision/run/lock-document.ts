import { z } from "zod";
import { jsonOrUndefined } from "./json";

const member = z.object({
  /** Names this process and no other. */
  holder: z.string(),
  ...{ run: z.string(), user: z.string(), host: z.string(), pid: z.number(), command: z.string() },
  ...{ runId: z.string().optional(), caller: z.string().optional(), layer: z.string().optional() },
  commit: z.string().optional(),
  /** When it began, by its own clock, as ISO 8601. */
  since: z.string(),
});

const shape = member.extend({
  /** `released` once nobody holds it any more. */
  kind: z.enum(["held", "released"]),
  /** How often it was renewed. */
  beat: z.number(),
  /** Runs with the same id that work at the same time, in the order in which they have it next. */
  joined: z.array(member).readonly().default([]),
});

/** What the lock of an environment says of a run. */
export type LockMember = z.output<typeof member>;

/** What it says of the run that holds it, and of those that have joined. */
export type LockDocument = z.output<typeof shape>;

/** Undefined for a text that is none. */
export function readLock(text: string): LockDocument | undefined {
  return shape.safeParse(jsonOrUndefined(text)).data;
}

/** As it is stored. */
export function lockText(lock: LockDocument): string {
  return `${JSON.stringify(lock)}\n`;
}

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

/** How often a run renews its lock, and after how long without that it counts as stale. */
export const lease = { beatSeconds: 30, staleSeconds: 90 } as const;
