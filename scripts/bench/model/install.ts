import type { LayerJson } from "../../../synthesis/environment";
import { layerSeconds } from "../../../synthesis/timing/layer-time";
import { longestChainFirst, type Schedule, schedule, type Task } from "../../../synthesis/timing/schedule";

/** A layer's name, what it needs, and whether all others need it for their state. */
interface ModelledLayer {
  readonly name: string;
  readonly needs: Readonly<Record<string, { readonly name: string }>>;
  readonly state?: "bootstrap";
}

/** A modelled install: each layer's time, layers one after another, and side by side. */
export interface Install {
  readonly layers: readonly Task[];
  readonly oneByOne: number;
  readonly sideBySide: Schedule;
}

/**
 * Models the first apply of an environment from its synthesised layers, which are in the order of apply. Side by side, of the
 * layers that could start those start first that the end waits for.
 */
export function modelInstall(
  layers: readonly ModelledLayer[],
  jsonOf: (layer: string) => LayerJson,
  slots: number,
): Install {
  const bootstrap = layers.filter(({ state }) => state === "bootstrap").map(({ name }) => name);
  const tasks = layers.map(({ name, needs, state }) => ({
    name,
    seconds: layerSeconds(jsonOf(name)),
    after: state === "bootstrap" ? [] : [...bootstrap, ...Object.values(needs).map((need) => need.name)],
  }));
  return {
    layers: tasks,
    oneByOne: tasks.reduce((sum, { seconds }) => sum + seconds, 0),
    sideBySide: schedule(longestChainFirst(tasks), slots),
  };
}
