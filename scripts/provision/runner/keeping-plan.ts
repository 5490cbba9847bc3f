import type { AnyLayer } from "../../../lib/layer/layer";
import type { PlanReading } from "../run/plan";
import type { Run } from "../run/run";
import { withLayerPlan } from "../terraform/layer-plan";
import type { Terraform } from "../terraform/terraform";
import { type Kept, keptResources } from "./kept-resources";
import { declarationsOf, type Staying, usedSuperseded } from "./used-superseded";

/** Read by Terraform beside the layer's JSON; an override file cannot contain such blocks. */
const keptFile = "provision_kept.tf.json";

/**
 * Creates a plan of a layer, see `withLayerPlan`. What it would delete though something else needs it, e.g. the key of
 * images when a cache is switched off, only leaves the state: https://developer.hashicorp.com/terraform/language/block/removed
 * What it would delete though a later layer uses it until it is applied stays declared.
 */
export async function withKeepingPlan<Result>(
  run: Run,
  of: { readonly layer: AnyLayer; readonly terraform: Terraform },
  use: (reading: PlanReading) => Promise<Result>,
): Promise<Result> {
  if (of.layer.retained === undefined && of.layer.superseded === undefined)
    return withLayerPlan(run, of, use);
  const { files } = run.world;
  const path = `${of.terraform.folder}/${keptFile}`;
  // A run that was killed may have left it.
  files.remove(path);
  const first = await withLayerPlan(run, of, async (plan) => {
    const isEnding = (address: string) =>
      plan.changes.some((change) => change.action === "delete" && change.address === address);
    const kept = await keptResources(run, of, isEnding);
    const staying = await usedSuperseded(run, of, isEnding);
    return kept.length + staying.length === 0 ? { result: await use(plan) } : { kept, staying };
  });
  if ("result" in first) return first.result;
  for (const { text } of first.kept) run.events.note(text);
  for (const { text } of first.staying) run.events.note(text, "warning");
  files.write(path, JSON.stringify(blocksOf(first), undefined, 2));
  try {
    return await withLayerPlan(run, of, use);
  } finally {
    run.records.remove(path);
  }
}

function blocksOf({
  kept,
  staying,
}: {
  readonly kept: readonly Kept[];
  readonly staying: readonly Staying[];
}): object {
  const removed = kept.map(({ address }) => ({ from: address, lifecycle: { destroy: false } }));
  return {
    ...(removed.length === 0 ? {} : { removed }),
    ...(staying.length === 0 ? {} : { resource: declarationsOf(staying) }),
  };
}
