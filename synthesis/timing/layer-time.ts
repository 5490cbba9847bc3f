import { creationTime } from "../../lib/aws-facts/creation-times";
import type { LayerJson } from "../environment";
import { creations, scheduleChanges } from "./changes";
import type { Schedule } from "./schedule";

/**
 * Seconds of Terraform's own work in a layer, measured with Terraform 1.11.4 and version 5.100.0 of the AWS provider on two
 * processors, with 20 resources: the start of the provider outweighs their number.
 */
export const terraformSeconds = { init: 1.5, plan: 5, show: 3.1, apply: 5, output: 0.7 };

/** Schedules the creation of a layer's resources, as Terraform does it. */
export function scheduleResources(json: LayerJson): Schedule {
  return scheduleChanges(json, creations(json), ({ type }, given) => creationTime(type, given).seconds);
}

/** Seconds that a layer takes from init to outputs; an empty one has nothing to apply. */
export function layerSeconds(json: LayerJson): number {
  const { init, plan, show, apply, output } = terraformSeconds;
  const { runs, seconds } = scheduleResources(json);
  return init + plan + show + output + (runs.size === 0 ? 0 : apply) + seconds;
}
