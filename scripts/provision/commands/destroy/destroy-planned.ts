import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import type { Counts, Outcome } from "../../run/outcome";
import type { PlanReading } from "../../run/plan";
import type { Run } from "../../run/run";
import { startOver } from "../../run/start-over";
import { applyPlan } from "../../terraform/plan-file";
import { pullStateHead } from "../../terraform/state";
import type { Terraform } from "../../terraform/terraform";
import { typedCommand } from "../../terraform/typed-command";
import { emptyBuckets } from "./buckets";
import type { EndingObject } from "./ending-objects";
import type { Remaining } from "./remaining";

interface Planned {
  readonly layer: AnyLayer;
  readonly terraform: Terraform;
  readonly remaining: Remaining;
}

/** Empties the buckets in a plan of a destroy, applies it, and checks that nothing is left in the state. */
export async function destroyPlanned(
  run: Run,
  { layer, terraform, remaining }: Planned,
  { plan, ending }: { readonly plan: PlanReading; readonly ending: readonly EndingObject[] },
): Promise<Outcome & { readonly counts: Counts }> {
  await emptyBuckets(run, layer, ending);
  remaining.expect(layer.name, ending);
  // Also without changes: then the apply removes objects that no longer exist from the state.
  const counts = await applyPlan(terraform, plan);
  await assertNothingLeft(run, terraform);
  return { kind: "destroyed", counts };
}

async function assertNothingLeft(run: Run, terraform: Terraform): Promise<void> {
  const left = (await pullStateHead(terraform))?.objects ?? 0;
  if (left === 0) return;
  const again = startOver(run);
  throw new UserError(
    `Cannot finish destroying "${terraform.layer}": its state still contains ${left} objects`,
    again === undefined
      ? `To list them, run: ${typedCommand(terraform.context.failed, "state list")}`
      : `Run: ${again}`,
    exitCodes.failed,
  );
}
