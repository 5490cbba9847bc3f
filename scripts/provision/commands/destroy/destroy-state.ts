import type { AnyLayer } from "../../../../lib/layer/layer";
import type { Outcome } from "../../run/outcome";
import type { PlanReading } from "../../run/plan";
import type { Run } from "../../run/run";
import { isPartOf } from "../../runner/approved";
import type { Kept } from "../../runner/kept-resources";
import { guardsAgainst } from "../../runner/lift-guards";
import { agreeToLoss } from "../../runner/loss-consent";
import { assertLossAllowed } from "../../runner/plan-consent";
import { publishPlan } from "../../runner/publish-plan";
import type { GuardLift } from "../../terraform/deletion-guards";
import { TerraformFailure } from "../../terraform/failures";
import { withPlan } from "../../terraform/plan-file";
import { losses } from "../../terraform/stateful";
import type { Terraform } from "../../terraform/terraform";
import { destroyPlanned } from "./destroy-planned";
import { endingObjects } from "./ending-objects";
import { removeObstacles } from "./obstacles";
import { destroyOptions } from "./plan-options";
import type { Remaining } from "./remaining";
import { takeOut } from "./retention";
import { showSteps } from "./steps";
import { destroyUnconfigured, unconfigured } from "./unconfigured";
import type { Unprotect } from "./unprotected";

/** A layer that is destroyed. */
export interface Target {
  readonly layer: AnyLayer;
  readonly terraform: Terraform;
  /** What is not destroyed. */
  readonly needed?: readonly Kept[];
  /** Receives a sentence for each. */
  readonly kept?: string[];
  /** The plan that the operator agreed to in an earlier attempt. */
  readonly agreed?: { plan?: PlanReading };
  /** Disables deletion protection; unset where nothing is protected. */
  readonly unprotect?: Unprotect | undefined;
  /** What the run leaves. */
  readonly remaining: Remaining;
}

/** Deletes what is in the way, before and once more: AWS may create it again as long as instances run. */
export async function destroyAround(run: Run, target: Target): Promise<Outcome> {
  const { layer, terraform } = target;
  await removeObstacles(run, layer, terraform);
  try {
    return await destroyState(run, target);
  } catch (error) {
    const inUse = error instanceof TerraformFailure && error.output.includes("DependencyViolation");
    if (!inUse || !(await removeObstacles(run, layer, terraform))) throw error;
    return destroyState(run, { layer, terraform, remaining: target.remaining });
  }
}

/** What the operator agreed to, and what comes before it is planned again. */
interface Agreed {
  readonly plan: PlanReading;
  readonly lift?: GuardLift;
}

/**
 * Once the operator has agreed, deletion protection is disabled, what something needs leaves the state, what is protected
 * and in the state alone is destroyed, and the rest is planned again. Where nothing is asked, protection is disabled before
 * the plan, which is then the only one.
 */
export async function destroyState(run: Run, target: Target): Promise<Outcome> {
  const { layer, terraform, needed = [], kept, unprotect, agreed = {} } = target;
  const { yes } = run.request;
  if (yes) await unprotect?.lift();
  const creation = { files: run.world.files, options: destroyOptions(run, layer) };
  const step = await withPlan<Outcome | Agreed>(terraform, creation, async (plan) => {
    const changes = plan.changes.filter((change) =>
      needed.every(({ address }) => address !== change.address),
    );
    const shown = { ...plan, changes };
    publishPlan(run, layer, shown);
    const lift = await guardsAgainst(run, { layer, terraform }, unconfigured(run, layer, changes));
    const guarded = yes ? [] : (unprotect?.addresses ?? []);
    const ending = await endingObjects(terraform, shown);
    showSteps(run, { guarded, lift, ending });
    if (!isPartOf(shown, agreed.plan)) await agreeToLosses(run, layer, shown);
    agreed.plan = shown;
    const ready = lift === undefined && needed.length === 0 && (yes || unprotect === undefined);
    if (ready) return destroyPlanned(run, target, { plan, ending });
    return { plan: shown, ...(lift === undefined ? {} : { lift }) };
  });
  if ("kind" in step) return step;
  if (!yes) await unprotect?.lift();
  kept?.push(...(await takeOut(run, terraform, needed)));
  const before = step.lift === undefined ? 0 : await destroyUnconfigured(run, terraform, step.lift);
  const { kind, counts } = await withPlan(terraform, creation, async (plan) => {
    if (!isPartOf(plan, step.plan)) {
      publishPlan(run, layer, plan);
      await agreeToLosses(run, layer, plan);
    }
    return destroyPlanned(run, target, { plan, ending: await endingObjects(terraform, plan) });
  });
  return { kind, counts: { ...counts, destroyed: before + counts.destroyed } };
}

/** With --yes, too: the state can have objects that the environment file no longer has. */
async function agreeToLosses(run: Run, layer: AnyLayer, plan: PlanReading): Promise<void> {
  const lost = losses(plan.changes);
  if (lost.length === 0) return;
  if (run.request.yes) assertLossAllowed(run, [layer]);
  else await agreeToLoss(run, layer, { plan, changes: lost });
}
