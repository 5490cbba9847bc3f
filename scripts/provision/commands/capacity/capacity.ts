import { capacityReport } from "../../../../capacity/report";
import { exitCodes } from "../../../../lib/errors";
import { type LayerJson, SynthesisedJson } from "../../../../synthesis/environment";
import { capacityText } from "../../../../capacity/text";
import { layerFolder } from "../../run/folders";
import type { Run } from "../../run/run";

/** Prints what the environment takes of an account, its network and a budget; the exit code says whether it fits. */
export function printCapacity(run: Run): number {
  const report = capacityReport(synthesised(run), run.loaded.environment);
  if (run.request.json) run.screen.print(JSON.stringify(report, undefined, 2));
  else run.screen.print(capacityText(run.screen.ink, report));
  return report.misfits.length === 0 ? exitCodes.done : exitCodes.failed;
}

function synthesised({ world, layers, folders }: Run): SynthesisedJson {
  const json = layers.map(({ name }) => {
    const text = world.files.read(`${layerFolder(folders.synthesised, name)}/cdk.tf.json`) ?? "{}";
    // Terraform JSON that the synthesis has just written.
    return [name, JSON.parse(text) as LayerJson] as const;
  });
  return new SynthesisedJson(Object.fromEntries(json));
}
