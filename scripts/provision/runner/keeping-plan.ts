import type { AnyLayer } from "../../../lib/layer/layer";
import type { PlanReading } from "../run/plan";
import type { Run } from "../run/run";
import { withLayerPlan } from "../terraform/layer-plan";
import type { Terraform } from "../terraform/terraform";
import { keptResources } from "./kept-resources";

/** Read by Terraform beside the layer's JSON; an override file cannot contain such blocks. */
const removedFile = "provision_removed.tf.json";

/**
 * Creates a plan of a layer, see `withLayerPlan`. What it would delete though something else needs it, e.g. the key of
 * images when a cache is switched off, only leaves the state: https://developer.hashicorp.com/terraform/language/block/removed
 */
export async function withKeepingPlan<Result>(
  run: Run,
  of: { readonly layer: AnyLayer; readonly terraform: Terraform },
  use: (reading: PlanReading) => Promise<Result>,
): Promise<Result> {
  if (of.layer.retained === undefined) return withLayerPlan(run, of, use);
  const { files } = run.world;
  const path = `${of.terraform.folder}/${removedFile}`;
  // A run that was killed may have left it.
  files.remove(path);
  const first = await withLayerPlan(run, of, async (plan) => {
    const deleted = plan.changes.filter(({ action }) => action === "delete");
    const kept = await keptResources(run, of, (address) => deleted.some((one) => one.address === address));
    return kept.length === 0 ? { result: await use(plan) } : { kept };
  });
  if (first.kept === undefined) return first.result;
  for (const { text } of first.kept) run.events.note(text);
  const removed = first.kept.map(({ address }) => ({ from: address, lifecycle: { destroy: false } }));
  files.write(path, JSON.stringify({ removed }, undefined, 2));
  try {
    return await withLayerPlan(run, of, use);
  } finally {
    files.remove(path);
  }
}
