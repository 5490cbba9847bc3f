import type { Run } from "../../run/run";
import type { Kept } from "../../runner/kept-resources";
import type { Terraform } from "../../terraform/terraform";

/**
 * Takes out of the layer's state what something needs that outlives the destroy, so that it is not destroyed; returns a
 * sentence for each.
 */
export async function takeOut(
  run: Run,
  terraform: Terraform,
  needed: readonly Kept[],
): Promise<readonly string[]> {
  for (const { address, reason } of needed) {
    await terraform.run(["state", "rm", address]);
    run.events.note(`Kept ${address}: ${reason}`);
  }
  return needed.map(({ text }) => text);
}
