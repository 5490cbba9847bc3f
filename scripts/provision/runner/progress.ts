import type { RunEvent } from "../run/events";
import { about } from "../screen/duration";
import type { ExpectedTime } from "./expected-time";

/** Follows a run: what is under way in the current layer, and how long that and all the others usually take. */
export class Progress {
  private command = "";
  private layers: readonly string[] = [];
  private ofPlan: number | undefined;
  /** Addresses of the objects that are changed at the moment; the first has taken the longest. */
  private readonly underWay = new Set<string>();

  /** Without `expected`, no times are expected. */
  constructor(private readonly expected?: ExpectedTime) {}

  readonly listen = (event: RunEvent): void => {
    switch (event.type) {
      case "run began":
        this.command = event.command;
        return;
      case "layers began":
        this.layers = event.layers;
        return;
      case "layer began":
        this.ofPlan = undefined;
        return;
      case "plan created":
        this.ofPlan = event.plan.pending
          ? this.expected?.ofChanges(event.layer, event.plan.changes)
          : undefined;
        return;
      case "object began":
        this.underWay.add(event.change.address);
        return;
      case "object changed":
        this.underWay.delete(event.change.address);
        return;
      case "terraform ended":
        this.underWay.clear();
    }
  };

  /** The address of the object that has been under way for the longest time: what the layer waits for. */
  get object(): string | undefined {
    return [...this.underWay][0];
  }

  /** Seconds that an apply of the newest plan usually takes. */
  get applySeconds(): number | undefined {
    return this.ofPlan;
  }

  /** Time for all layers, as in `about 46 min for 17 layers, if all are to be created`; undefined when nobody knows. */
  total(): string | undefined {
    const seconds = this.secondsOf(this.layers);
    if (seconds === undefined || seconds < 60) return undefined;
    const count = this.layers.length;
    const text = `about ${about(seconds)} for ${count} ${count === 1 ? "layer" : "layers"}`;
    return this.isCertain(this.layers) ? text : `${text}, if all are to be created`;
  }

  /** Time from this layer on, as in `about 20 min left`. */
  left(layer: string): string | undefined {
    const rest = this.layers.slice(this.layers.indexOf(layer));
    const seconds = this.secondsOf(rest);
    if (seconds === undefined || seconds < 60) return undefined;
    return `${this.isCertain(rest) ? "" : "up to "}about ${about(seconds)} left`;
  }

  private secondsOf(layers: readonly string[]): number | undefined {
    const times = layers.map((layer) => this.expected?.ofLayer(layer, this.command));
    return times.reduce<number | undefined>(
      (sum, seconds) => (sum === undefined || seconds === undefined ? undefined : sum + seconds),
      0,
    );
  }

  /** A layer that no run here has applied may exist all the same, and then takes seconds. */
  private isCertain(layers: readonly string[]): boolean {
    return this.command === "destroy" || layers.every((layer) => this.expected?.exists(layer) === true);
  }
}
