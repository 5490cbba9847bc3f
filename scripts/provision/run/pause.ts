import type { Clock } from "../world/index";

/** Waits for the given seconds, or until `over` returns true. */
export function pause(clock: Clock, seconds: number, over: () => boolean): Promise<void> {
  return new Promise((done) => {
    let left = seconds;
    const cancel = clock.every(1, () => {
      left -= 1;
      if (left > 0 && !over()) return;
      cancel();
      done();
    });
  });
}
