import type { AnyLayer } from "../../../../lib/layer/layer";
import { layerFolder } from "../../../../synthesis/folder";
import { readLayer } from "../../../../synthesis/read";
import type { Change } from "../../run/plan";
import type { Run } from "../../run/run";
import { liftGuards, targeting } from "../../runner/lift-guards";
import type { GuardLift } from "../../terraform/deletion-guards";
import { applyPlan, withPlan } from "../../terraform/plan-file";
import type { Terraform } from "../../terraform/terraform";
import { withoutKey } from "./protection";

/** The changes of objects that the environment file no longer has, but the state does, because it was not applied since. */
export function unconfigured(run: Run, layer: AnyLayer, changes: readonly Change[]): readonly Change[] {
  const { resource = {} } = readLayer(run.world.files, layerFolder(run.folders.unprotected, layer.name));
  const configured = new Set(
    Object.entries(resource).flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`)),
  );
  return changes.filter(({ address }) => !configured.has(withoutKey(address)));
}

/**
 * Destroys what is protected and in the state alone, before the rest, and returns how many objects that were: the state no
 * longer has what a lifted object depends on, and so when it must be deleted.
 */
export async function destroyUnconfigured(run: Run, terraform: Terraform, lift: GuardLift): Promise<number> {
  await liftGuards(run, terraform, lift);
  const { files, options } = targeting(run, lift.addresses);
  const { destroyed } = await withPlan(terraform, { files, options: ["-destroy", ...options] }, (plan) =>
    applyPlan(terraform, plan),
  );
  return destroyed;
}
