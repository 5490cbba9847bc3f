/** Waits of a provider, which all give up once Terraform was interrupted. */
export class Stopper {
  private stopped = false;
  /** What ends each wait that is going on: Terraform starts as many changes at once as its operator allows. */
  private readonly waits = new Set<() => void>();

  stop(): void {
    this.stopped = true;
    for (const giveUp of this.waits) giveUp();
  }

  /**
   * Waits; for no time at all, not even until the next turn of the event loop. Returns whether it was waited to the end, and not
   * stopped.
   */
  wait(milliseconds = 0): Promise<boolean> {
    if (milliseconds <= 0) return Promise.resolve(true);
    if (this.stopped) return Promise.resolve(false);
    return new Promise((resolve) => {
      const end = (whole: boolean) => {
        clearTimeout(timer);
        this.waits.delete(giveUp);
        resolve(whole);
      };
      const giveUp = () => {
        end(false);
      };
      const timer = setTimeout(end, milliseconds, true);
      this.waits.add(giveUp);
    });
  }
}
