import type { AnyLayer } from "../../../../lib/layer/layer";
import type { Run } from "../../run/run";
import { keptResources } from "../../runner/kept-resources";
import type { Terraform } from "../../terraform/terraform";

/**
 * Takes out of the layer's state what something needs that outlives the destroy, so that it is not destroyed; returns a
 * sentence for each.
 */
export async function retain(run: Run, layer: AnyLayer, terraform: Terraform): Promise<readonly string[]> {
  const kept = await keptResources(run, { layer, terraform });
  for (const { address, reason } of kept) {
    await terraform.run(["state", "rm", address]);
    run.events.note(`Kept ${address}: ${reason}`);
  }
  return kept.map(({ text }) => text);
}
