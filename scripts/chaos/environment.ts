import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironment } from "../../lib/environment/environment";
import type { AnyLayer } from "../../lib/layer/layer";
import type { Seed } from "../../rehearsal/cloud/seeds";
import type { Owner } from "./account";

/** The environment that is disturbed. */
export interface DisturbedEnvironment {
  readonly text: string;
  readonly owner: Owner;
  /** What must exist beforehand. */
  readonly seeds: readonly Seed[];
}

/** Reads configs/dev.yaml. */
export function devEnvironment(layers: readonly AnyLayer[]): DisturbedEnvironment {
  const file = "configs/dev.yaml";
  const text = readFileSync(join(__dirname, "../..", file), "utf8");
  const { environment, settings } = loadEnvironment(layers, {
    file,
    text,
    read: () => undefined,
    now: new Date(),
  });
  const { account, region, partition } = environment;
  const seeds = layers.flatMap(
    (layer) => layer.preconditions?.({ environment, settings: settings[layer.name] }) ?? [],
  );
  return { text, owner: { account, region, partition }, seeds };
}
