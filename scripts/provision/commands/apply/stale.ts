import type { AnyLayer } from "../../../../lib/layer/layer";
import { layerFolder } from "../../../../synthesis/folder";
import { terraformFiles } from "../../run/folders";
import type { Run } from "../../run/run";
import { withKeepingPlan } from "../../runner/keeping-plan";
import { terraformFor } from "../../terraform/for-layer";
import { withSavedPlan } from "../../terraform/saved-plan/apply";
import type { SavedPlan } from "../../terraform/saved-plan/archive";
import { comparison } from "../../terraform/saved-plan/compare";
import { factsOf } from "../../terraform/saved-plan/facts";
import type { SavedLayer } from "../../terraform/saved-plan/manifest";
import type { Terraform } from "../../terraform/terraform";
import { assertAllSaved } from "../../terraform/unsaved-state";
import { withPrivateEndpoint } from "../../tunnel/private-endpoint";

/** Layers whose plans cannot be applied any more, and those that need none, because nothing is left to change. */
interface Checked {
  readonly stale: readonly string[];
  readonly done: readonly string[];
}

/** Compares the selected layers with what their saved plans were made from; those that differ are planned anew, and explained. */
export async function staleLayers(run: Run, { manifest, plans }: SavedPlan): Promise<Checked> {
  assertAllSaved(run);
  const stale: string[] = [];
  const done: string[] = [];
  for (const layer of run.selected) {
    const saved = manifest.layers.find(({ name }) => name === layer.name);
    const plan = plans.get(layer.name);
    if (saved === undefined || plan === undefined) continue;
    takeProviders(run, layer, saved);
    const terraform = terraformFor(run, layer, { verb: "apply" });
    await terraform.initialise();
    const now = await factsOf(run, layer, terraform);
    const reasons = differences(saved.facts, now);
    if (reasons.length === 0) continue;
    run.events.note(`${layer.name}: ${reasons.join("; ")}`, "warning");
    const left = await explain(run, layer, plan);
    (left ? stale : done).push(layer.name);
    if (!left && isSameOrder(saved.facts, now))
      run.events.note(`${layer.name}: it was applied already, and all that it changes is there`);
  }
  return { stale, done };
}

/** Terraform applies a plan only with the versions and checksums of providers that it was made with. */
function takeProviders({ world, folders }: Run, layer: AnyLayer, { providers }: SavedLayer): void {
  if (providers === null) return;
  world.files.write(`${layerFolder(folders.synthesised, layer.name)}/${terraformFiles.lock}`, providers);
}

/** Whether nothing but the state differs: then nothing is left to change because that was done, and not because less is wanted. */
function isSameOrder(planned: SavedLayer["facts"], now: SavedLayer["facts"]): boolean {
  return planned.configuration === now.configuration && planned.reads === now.reads;
}

/** What is not as it was when the layer was planned. */
function differences(planned: SavedLayer["facts"], now: SavedLayer["facts"]): readonly string[] {
  const configuration =
    planned.configuration === now.configuration
      ? []
      : ["the environment file, or the code, is not the one that was planned"];
  const reads = planned.reads === now.reads ? [] : ["outputs that it reads of other layers have changed"];
  return [...configuration, ...stateDifference(planned.state, now.state), ...reads];
}

function stateDifference(
  planned: SavedLayer["facts"]["state"],
  now: SavedLayer["facts"]["state"],
): readonly string[] {
  if (planned?.lineage !== now?.lineage)
    return [planned === null ? "there was no state, and now there is one" : "its state is another one"];
  if (planned?.serial === now?.serial) return [];
  return [
    `its state was written after it was planned: serial ${planned?.serial ?? 0}, now ${now?.serial ?? 0}`,
  ];
}

/** Plans a layer anew, and says how that compares; returns whether anything is left to change. */
function explain(run: Run, layer: AnyLayer, plan: Uint8Array): Promise<boolean> {
  return withPrivateEndpoint(run, layer, async (variables) => {
    const terraform: Terraform = terraformFor(run, layer, { verb: "apply", variables });
    const saved = await withSavedPlan(terraform, plan, (reading) => Promise.resolve(reading));
    return withKeepingPlan(run, { layer, terraform }, (today) => {
      for (const line of comparison(saved, today)) run.events.note(`  ${line}`);
      return Promise.resolve(today.pending);
    });
  });
}
