import { z } from "zod";
import { jsonOrUndefined } from "./json";

const shape = z.object({
  /** `released` once nobody holds it any more. */
  kind: z.enum(["held", "released"]),
  /** Names this process and no other. */
  holder: z.string(),
  ...{ run: z.string(), user: z.string(), host: z.string(), pid: z.number(), command: z.string() },
  ...{ runId: z.string().optional(), caller: z.string().optional(), layer: z.string().optional() },
  commit: z.string().optional(),
  /** When it was taken, by the holder's clock, as ISO 8601. */
  since: z.string(),
  /** How often it was renewed. */
  beat: z.number(),
});

/** What the lock of an environment says of the run that holds it. */
export type LockDocument = z.output<typeof shape>;

/** Undefined for a text that is none. */
export function readLock(text: string): LockDocument | undefined {
  return shape.safeParse(jsonOrUndefined(text)).data;
}

/** How often a run renews its lock, and after how long without that it counts as stale. */
export const lease = { beatSeconds: 30, staleSeconds: 90 } as const;
