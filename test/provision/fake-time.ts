import type { FakeWorld } from "./fake-world";

interface Timer {
  due: number;
  readonly seconds: number;
  readonly act: () => void;
}

/** A clock whose time passes as fast as it is waited for, in the order of what waits. */
export class FakeTime {
  seconds = 0;
  private readonly start = Date.parse("2026-01-01T09:00:00Z");
  private readonly timers = new Set<Timer>();
  private isPumping = false;

  constructor(world: FakeWorld) {
    Object.assign(world.clock, {
      now: () => new Date(this.start + this.seconds * 1000),
      seconds: () => this.seconds,
      every: (seconds: number, act: () => void) => {
        const timer = { due: this.seconds + seconds, seconds, act };
        this.timers.add(timer);
        this.pump();
        return () => this.timers.delete(timer);
      },
    });
  }

  /** A turn of the event loop for each tick: promises that wait for nothing else settle in between. */
  private pump(): void {
    if (this.isPumping) return;
    this.isPumping = true;
    setImmediate(() => {
      this.isPumping = false;
      const next = [...this.timers].sort((one, other) => one.due - other.due)[0];
      if (next === undefined) return;
      this.seconds = next.due;
      next.due += next.seconds;
      next.act();
      this.pump();
    });
  }
}
