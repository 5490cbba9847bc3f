import { type Fault, faultText } from "../aws/fault";
import type { LockStore } from "../aws/lock-store";
import { pause } from "../run/pause";
import type { Clock } from "../world/index";

/** What may have passed in a moment. */
const passing: readonly Fault["kind"][] = ["throttled", "unavailable", "unreachable", "timeout"];
/** Seconds between attempts, one each for an operator who has interrupted the run: others would wait longer for a lock that stays. */
const pauses = [2, 5, 10];

/** Releases a lock with this text; returns why that failed. The lock of a rehearsal is a file, and the disk may be full. */
export async function whyKept(
  {
    store,
    clock,
    hurried,
  }: { readonly store: LockStore; readonly clock: Clock; readonly hurried: () => boolean },
  released: string,
  etag: string,
): Promise<string | undefined> {
  try {
    for (let attempt = 0; ; attempt++) {
      const written = await store.replace(released, etag);
      if (written.kind !== "fault") return undefined;
      const seconds = passing.includes(written.fault.kind) ? pauses[attempt] : undefined;
      if (seconds === undefined) return faultText(written.fault);
      await pause(clock, seconds, hurried);
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
