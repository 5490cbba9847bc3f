import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import type { Counts, Outcome } from "../../run/outcome";
import { type PlanReading, shortDigest } from "../../run/plan";
import type { Run } from "../../run/run";
import { withKeepingPlan } from "../../runner/keeping-plan";
import { guardsAgainst } from "../../runner/lift-guards";
import { publishPlan } from "../../runner/publish-plan";
import { agreeToApply } from "../../runner/plan-consent";
import { withHealthyKept } from "../../runner/tainted/keep";
import { TerraformFailure } from "../../terraform/failures";
import { lostCreations } from "../../terraform/lost-creations";
import { applyPlan } from "../../terraform/plan-file";
import { untilKeysPropagate } from "../../terraform/key-propagation";
import { withRetries } from "../../terraform/retries";
import { withSavedPlan } from "../../terraform/saved-plan/apply";
import type { Terraform } from "../../terraform/terraform";
import { isCovered, isPartOf } from "../../runner/approved";
import { endGuarded, type Guarded } from "./deletion-guards";

/** Plans, asks for approval and applies; again after what passes by itself, asking only for what was not approved yet. */
export async function applyChanges(run: Run, layer: AnyLayer, terraform: Terraform): Promise<Outcome> {
  let approved: PlanReading | undefined;
  /** Of the last attempt: what is planned after it may be something else. */
  let failure: TerraformFailure | undefined;
  const done: Counts[] = [];
  const attempt = async (): Promise<Outcome> => {
    const step = await planned(run, { layer, terraform }, async (found, planner) => {
      const plan = done.length === 0 ? found : withoutOwnDeletions(found);
      publishPlan(run, layer, plan);
      if (!plan.pending) return done.length === 0 ? { kind: "unchanged" } : applied(done);
      const isApproved = failure === undefined ? isPartOf : isCovered;
      if (!isApproved(plan, approved)) {
        // Of what was saved, nothing but that is applied.
        if (failure && run.savedPlans) throw failure;
        await agreeToApply(run, layer, plan);
      }
      approved = plan;
      const lift = await guardsAgainst(run, { layer, terraform }, plan.changes);
      if (lift !== undefined) return { lift, plan };
      await counting(done, () => applyPlan(planner, plan));
      return applied(done);
    });
    if (!("lift" in step)) return step;
    await counting(done, () => endGuarded(run, terraform, step));
    return attempt();
  };
  const noting = () =>
    attempt().catch((error: unknown) => {
      if (error instanceof TerraformFailure) failure = error;
      throw error;
    });
  // Where the state cannot be read, it is not known.
  const hasLost = () =>
    lostCreations(run, layer, terraform).then(
      (lost) => lost.length > 0,
      () => true,
    );
  return withRetries(run, layer, {
    command: "apply",
    attempt: () => untilKeysPropagate(run, layer, { attempt: noting, hasLost }),
  });
}

/**
 * Takes the plan that was saved for a layer, once; where there is none, creates one. What follows a saved plan may do nothing but
 * that, so that nothing is kept which it replaces.
 */
function planned(
  run: Run,
  of: { readonly layer: AnyLayer; readonly terraform: Terraform },
  use: (plan: PlanReading, terraform: Terraform) => Promise<Outcome | Guarded>,
): Promise<Outcome | Guarded> {
  const saved = run.savedPlans?.get(of.layer.name);
  const withPlan = run.savedPlans === undefined ? withHealthyKept : withKeepingPlan;
  if (saved === undefined) return withPlan(run, of, (plan) => use(plan, of.terraform));
  run.savedPlans?.delete(of.layer.name);
  return withSavedPlan(of.terraform, saved.file, (plan, terraform) => {
    assertApproved(of.layer, saved, plan);
    return use(plan, terraform);
  });
}

/** Throws if a plan does something else than its digest stands for, which people compare. */
function assertApproved(
  { name }: AnyLayer,
  { digest: approved }: { readonly digest: string },
  { digest }: PlanReading,
): void {
  if (digest === approved) return;
  throw new UserError(
    `Cannot apply "${name}": its saved plan is ${digest === undefined ? "one without changes" : `plan ${shortDigest(digest)}`}, not plan ${shortDigest(approved)}, which was approved`,
    "Save a new one with plan --save, and have that approved",
    exitCodes.stalePlan,
  );
}

/** What is gone since an apply of this run went with what that deleted: nobody deleted it outside Terraform. */
function withoutOwnDeletions(plan: PlanReading): PlanReading {
  return { ...plan, drift: plan.drift.filter(({ action }) => action !== "delete") };
}

/** Adds the changes of one apply, also of one that failed; the failure then has those of all. */
async function counting(done: Counts[], apply: () => Promise<Counts>): Promise<void> {
  try {
    done.push(await apply());
  } catch (error) {
    if (error instanceof TerraformFailure && error.done !== undefined) {
      done.push(error.done);
      error.done = sum(done);
    }
    throw error;
  }
}

const applied = (done: readonly Counts[]): Outcome => ({ kind: "applied", counts: sum(done) });

function sum(all: readonly Counts[]): Counts {
  const total = (count: keyof Counts) => all.reduce((amount, counts) => amount + counts[count], 0);
  return { added: total("added"), changed: total("changed"), destroyed: total("destroyed") };
}
