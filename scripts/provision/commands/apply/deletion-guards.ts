import type { AnyLayer } from "../../../../lib/layer/layer";
import type { Counts } from "../../run/outcome";
import type { PlanReading } from "../../run/plan";
import type { Run } from "../../run/run";
import { liftGuards, targeting } from "../../runner/lift-guards";
import { assertLossAllowed } from "../../runner/plan-consent";
import { type GuardLift, guardLiftFor } from "../../terraform/deletion-guards";
import { applyPlan, withPlan } from "../../terraform/plan-file";
import type { Terraform } from "../../terraform/terraform";
import { isPartOf } from "./approved";

/** A plan with the operator's approval, and how to lift the guards of what it deletes or replaces. */
export interface Guarded {
  readonly plan: PlanReading;
  readonly lift: GuardLift;
}

/** How to lift the guards of what a plan ends; undefined if nothing is to be lifted. Throws if --yes does not suffice. */
export async function guardsAgainst(
  run: Run,
  { layer, terraform }: { readonly layer: AnyLayer; readonly terraform: Terraform },
  plan: PlanReading,
): Promise<GuardLift | undefined> {
  if (plan.changes.every(({ action }) => action !== "delete" && action !== "replace")) return undefined;
  const { stdout } = await terraform.run(["state", "pull"], { quiet: true });
  const lift = guardLiftFor(stdout, plan.changes);
  if (lift !== undefined && run.request.yes) assertLossAllowed(run, layer, "are protected against deletion");
  return lift;
}

/**
 * Lifts deletion protection of what a plan with the operator's approval deletes or replaces, and deletes or replaces it.
 * Otherwise the apply would fail halfway, e.g. with the policy of a bucket deleted, but not the bucket. The rest of the
 * plan comes later, because the state no longer has what a lifted object depends on, and so when it must be deleted.
 */
export async function endGuarded(
  run: Run,
  terraform: Terraform,
  { lift, plan: agreed }: Guarded,
): Promise<Counts> {
  await liftGuards(run, terraform, lift);
  return withPlan(terraform, targeting(run, lift.addresses), async (plan) => {
    if (!isPartOf(plan, agreed))
      throw new Error("Ending protected objects would change more than was agreed");
    return applyPlan(terraform, plan);
  });
}
