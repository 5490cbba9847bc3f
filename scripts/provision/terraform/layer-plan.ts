import { z } from "zod";
import type { AnyLayer } from "../../../lib/layer/layer";
import type { Override, PlannedChange } from "../../../lib/layer/override";
import type { PlanReading } from "../run/plan";
import type { Run } from "../run/run";
import { planFile, withPlan } from "./plan-file";
import type { Terraform } from "./terraform";

/** Terraform merges files with this ending into the others. */
const overrideFile = "provision_override.tf.json";

const planShape = z.object({
  resource_changes: z
    .array(
      z.object({
        type: z.string(),
        name: z.string(),
        change: z.object({ actions: z.array(z.string()), before: z.unknown(), after: z.unknown() }),
      }),
    )
    .default([]),
});

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
  const first = await withPlan(terraform, { files }, async (plan) => {
    const override = await overrideOf(layer, terraform, plan);
    return override === undefined ? { result: await use(plan) } : { override };
  });
  if (first.override === undefined) return first.result;
  run.events.note(first.override.note);
  files.write(path, JSON.stringify(first.override.json, undefined, 2));
  try {
    return await withPlan(terraform, { files }, use);
  } finally {
    files.remove(path);
  }
}

async function overrideOf(
  layer: AnyLayer,
  terraform: Terraform,
  plan: PlanReading,
): Promise<Override | undefined> {
  if (plan.changes.length === 0) return undefined;
  const { stdout } = await terraform.run(["show", "-json", planFile], { quiet: true });
  const changes = planShape
    .parse(JSON.parse(stdout))
    .resource_changes.map(({ type, name, change }): PlannedChange => ({ type, name, ...change }));
  return layer.override?.(changes);
}
