import type { AnyLayer } from "../../../../lib/layer/layer";
import { layerFolder } from "../../../../synthesis/folder";
import { recordedCreations } from "../../run/creations";
import { bootstrapLayer } from "../../run/run";
import { cutOffRun } from "../../runner/cut-off-run";
import { terraformFor } from "../../terraform/for-layer";
import { missingNeed } from "../../terraform/needs";
import { foundProcess } from "../../terraform/running-process";
import { withPrivateEndpoint } from "../../tunnel/private-endpoint";
import type { RecoverRun } from "./index";
import { recoverObjects } from "./recover-objects";
import { withState } from "./with-state";

/**
 * Looks for objects that no state has, of each layer that is selected by name, or whose last apply was cut off, or of which a state was
 * `lost`; returns how many.
 */
export async function recoverLayers(run: RecoverRun, lost: ReadonlySet<AnyLayer>): Promise<number> {
  const layers: AnyLayer[] = [];
  for (const layer of run.selected)
    if (isNamed(run) || lost.has(layer) || (await wasCutOff(run, layer))) layers.push(layer);
  for (const layer of layers)
    if (layer === bootstrapLayer(run))
      await withState(run, layer, (terraform) => recoverObjects(run, { layer, terraform }));
    else await recoverLayer(run, layer);
  return layers.length;
}

function isNamed({ request: { only, from, until } }: RecoverRun): boolean {
  return only.length > 0 || from !== undefined || until !== undefined;
}

/** Here, or elsewhere by its journal. */
async function wasCutOff(run: RecoverRun, { name }: AnyLayer): Promise<boolean> {
  const { world, folders } = run;
  const isAtWork = foundProcess(world, layerFolder(folders.synthesised, name)) !== undefined;
  if (isAtWork || recordedCreations(world.files, folders, name).length > 0) return true;
  return (await cutOffRun(run, name)) !== undefined;
}

async function recoverLayer(run: RecoverRun, layer: AnyLayer): Promise<void> {
  await terraformFor(run, layer, { verb: "recover" }).initialise();
  const missing = await missingNeed(run, layer);
  if (missing !== undefined) {
    run.screen.print(`\n${layer.name}: not looked for, because ${missing.need.name} is not applied`);
    return;
  }
  await withPrivateEndpoint(run, layer, async (variables) => {
    const terraform = terraformFor(run, layer, { verb: "recover", variables });
    await recoverObjects(run, { layer, terraform });
  });
}
