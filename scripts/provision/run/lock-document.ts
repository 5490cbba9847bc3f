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

/** How often a run renews its lock, and after how long without that it counts as stale. */
export const lease = { beatSeconds: 30, staleSeconds: 90 } as const;
