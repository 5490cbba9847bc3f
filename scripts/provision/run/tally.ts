import type { Clock } from "../world/index";
import type { RunEvent } from "./events";

/** What a run has repeated, and what it has changed, until now. */
export class Tally {
  private readonly retries = new Map<string, number>();
  /** When the last object of each type was created or changed. */
  private readonly changed = new Map<string, number>();

  constructor(private readonly clock: Pick<Clock, "seconds">) {}

  readonly listen = (event: RunEvent): void => {
    if (event.type === "retrying") this.retries.set(event.layer, this.retriesOf(event.layer) + 1);
    if (event.type === "object changed" && event.change.action !== "delete")
      this.changed.set(event.change.type, this.clock.seconds());
  };

  /** How often something was repeated for a layer. */
  retriesOf(layer: string): number {
    return this.retries.get(layer) ?? 0;
  }

  readonly hasChanged = (type: RegExp, withinSeconds: number): boolean =>
    [...this.changed].some(([known, at]) => type.test(known) && this.clock.seconds() - at <= withinSeconds);
}
