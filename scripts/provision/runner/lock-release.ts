import { type Fault, faultText } from "../aws/fault";
import type { LockStore } from "../aws/lock-store";
import { pause } from "../run/pause";
import type { Clock } from "../world/index";

/** What may have passed in a moment. */
const passing: readonly Fault["kind"][] = ["throttled", "unavailable", "unreachable", "timeout"];
/** Seconds between attempts, one each for an operator who has interrupted the run: others would wait longer for a lock that stays. */
const pauses = [2, 5, 10];
/** After so many seconds no other attempt begins; each gives up by itself within 20. The work is done, and the command seems to hang. */
const enough = 45;

/**
 * Releases a lock with this text; returns why that failed, after about a minute at the latest. The lock of a rehearsal is a file, and
 * the disk may be full.
 */
export async function whyKept(
  {
    store,
    clock,
    hurried,
    onRetry,
  }: {
    readonly store: LockStore;
    readonly clock: Clock;
    readonly hurried: () => boolean;
    /** Called once, with why the first attempt failed. */
    readonly onRetry: (because: string) => void;
  },
  released: string,
  etag: string,
): Promise<string | undefined> {
  const began = clock.seconds();
  try {
    for (let attempt = 0; ; attempt++) {
      const written = await store.replace(released, etag, "question");
      if (written.kind !== "fault") return undefined;
      const seconds = passing.includes(written.fault.kind) ? pauses[attempt] : undefined;
      const isLate = clock.seconds() - began > enough;
      if (seconds === undefined || isLate) return faultText(written.fault);
      if (attempt === 0) onRetry(faultText(written.fault));
      await pause(clock, seconds, hurried);
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
