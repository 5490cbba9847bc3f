import type { AnyLayer } from "../../../lib/layer/layer";
import type { PlanReading } from "../run/plan";
import type { Run } from "../run/run";
import { withPlan } from "./plan-file";
import type { Terraform } from "./terraform";

/** Terraform merges files with this ending into the others. */
const overrideFile = "provision_override.tf.json";

/** Creates a plan of a layer, once more if the layer corrects it, and passes it to `use`; see `withPlan`. */
export async function withLayerPlan<Result>(
  run: Run,
  { layer, terraform }: { readonly layer: AnyLayer; readonly terraform: Terraform },
  use: (reading: PlanReading) => Promise<Result>,
): Promise<Result> {
  const { files } = run.world;
  if (layer.override === undefined) return withPlan(terraform, { files }, use);
  const path = `${terraform.folder}/${overrideFile}`;
  // A run that was killed may have left it.
  files.remove(path);
  const first = await withPlan(terraform, { files }, async (plan, unmasked) => {
    const override = unmasked.length === 0 ? undefined : layer.override?.(unmasked);
    return override === undefined ? { result: await use(plan) } : { override };
  });
  if (first.override === undefined) return first.result;
  run.events.note(first.override.note);
  files.write(path, JSON.stringify(first.override.json, undefined, 2));
  try {
    return await withPlan(terraform, { files }, use);
  } finally {
    run.records.remove(path);
  }
}
