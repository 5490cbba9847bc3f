import { creationTime, timedKind } from "../../../lib/aws-facts/creation-times";
import type { LayerJson } from "../../../synthesis/environment";
import { layerFolder } from "../../../synthesis/folder";
import { readLayer } from "../../../synthesis/read";
import { argumentsOf, creations, scheduleChanges, type TimedChange } from "../../../synthesis/timing/changes";
import { terraformSeconds } from "../../../synthesis/timing/layer-time";
import type { Durations } from "../run/durations";
import type { Files } from "../world/index";

/** Whoever deletes or changes what takes so long to create may wait as well; how long, only earlier runs tell. */
const longSeconds = 30;
const apiSeconds = 2;

/** What of a layer is not apply: init, plan, show and output. */
const aroundApply =
  terraformSeconds.init + terraformSeconds.plan + terraformSeconds.show + terraformSeconds.output;

/** Expects how long changes take: as in earlier runs of the environment, or the median of others. Undefined: nobody knows. */
export class ExpectedTime {
  private readonly layers = new Map<string, LayerJson | undefined>();

  constructor(
    private readonly files: Pick<Files, "read">,
    /** Output of the synthesis. */
    private readonly folder: string,
    private readonly durations: Durations,
  ) {}

  /** Seconds of an apply of these changes. */
  ofChanges(layer: string, changes: readonly TimedChange[]): number | undefined {
    const json = this.jsonOf(layer);
    if (json === undefined) return undefined;
    const timed = changes.map((change) => this.secondsOf(change, argumentsOf(json, change.address)));
    if (timed.includes(undefined)) return undefined;
    const seconds = orUndefined(
      () => scheduleChanges(json, changes, (change, given) => this.secondsOf(change, given) ?? 0).seconds,
    );
    return seconds === undefined ? undefined : terraformSeconds.apply + seconds;
  }

  /** Seconds from init to outputs, when the layer is applied or destroyed by this command. */
  ofLayer(layer: string, command: string): number | undefined {
    const json = this.jsonOf(layer);
    if (json === undefined) return undefined;
    if (command !== "destroy" && this.durations.hasApplied(layer)) return aroundApply;
    const action = command === "destroy" ? "delete" : "create";
    const seconds = this.ofChanges(
      layer,
      creations(json).map((change) => ({ ...change, action })),
    );
    return seconds === undefined ? undefined : aroundApply + seconds;
  }

  /** Whether an earlier run here has applied the layer, and none has destroyed it since. */
  exists(layer: string): boolean {
    return this.durations.hasApplied(layer);
  }

  /** What durations of a change are kept under, e.g. `create aws_lb network`. */
  kindOf(layer: string, change: TimedChange): string {
    return kind(change.action, change.type, argumentsOf(this.jsonOf(layer) ?? {}, change.address));
  }

  private secondsOf(
    { action, type }: TimedChange,
    given: Readonly<Record<string, unknown>>,
  ): number | undefined {
    if (action === "replace") {
      const [deletion, creation] = ["delete", "create"].map((one) =>
        this.secondsOf({ address: "", type, action: one }, given),
      );
      return deletion === undefined || creation === undefined ? undefined : deletion + creation;
    }
    const before = this.durations.median(kind(action, type, given));
    if (before !== undefined) return before;
    const { seconds } = creationTime(type, given);
    if (action === "create") return seconds;
    return seconds < longSeconds ? apiSeconds : undefined;
  }

  private jsonOf(layer: string): LayerJson | undefined {
    if (!this.layers.has(layer))
      this.layers.set(
        layer,
        orUndefined(() => readLayer(this.files, layerFolder(this.folder, layer))),
      );
    return this.layers.get(layer);
  }
}

/** An expectation is worth less than the run: one that cannot be computed is none. */
function orUndefined<Result>(compute: () => Result): Result | undefined {
  try {
    return compute();
  } catch {
    return undefined;
  }
}

function kind(action: string, type: string, given: Readonly<Record<string, unknown>>): string {
  return `${action} ${timedKind(type, given)}`;
}
