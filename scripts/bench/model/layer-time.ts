import type { LayerJson } from "../../../synthesis/environment";
import { readReferences } from "../../../synthesis/references";
import type { Arguments } from "../../../synthesis/resource";
import { creationTime } from "./creation-times";
import { type Schedule, schedule, type Task } from "./schedule";

/** Terraform's own default of -parallelism. */
const parallelism = 10;

/**
 * Seconds of Terraform's own work in a layer, measured with Terraform 1.11.4 and version 5.100.0 of the AWS provider on two
 * processors, with 20 resources: the start of the provider outweighs their number.
 */
const terraformSeconds = { init: 1.5, plan: 5, show: 3.1, apply: 5, output: 0.7 };

/** Schedules the creation of a layer's resources, as Terraform does it. */
export function scheduleResources(json: LayerJson): Schedule {
  const blocks = Object.entries(json.resource ?? {}).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, given]) => ({ address: `${type}.${name}`, type, given })),
  );
  const known = new Set(blocks.map(({ address }) => address));
  const tasks = blocks.map(({ address, type, given }): Task => {
    const after = dependencies(given).filter((name) => name !== address && known.has(name));
    return { name: address, seconds: creationTime(type, given).seconds, after };
  });
  return schedule(tasks, parallelism);
}

/** Seconds that a layer takes from init to outputs; an empty one has nothing to apply. */
export function layerSeconds(json: LayerJson): number {
  const { init, plan, show, apply, output } = terraformSeconds;
  const { runs, seconds } = scheduleResources(json);
  return init + plan + show + output + (runs.size === 0 ? 0 : apply) + seconds;
}

function dependencies(given: Arguments): string[] {
  const named = readReferences(given).flatMap((reference) =>
    "address" in reference ? [reference.address] : [],
  );
  const { depends_on: explicit = [] } = given;
  return [...named, ...(Array.isArray(explicit) ? explicit.map(String) : [])];
}
