import type { Counts } from "../../run/outcome";
import type { PlanReading } from "../../run/plan";
import type { Run } from "../../run/run";
import { liftGuards, targeting } from "../../runner/lift-guards";
import type { GuardLift } from "../../terraform/deletion-guards";
import { applyPlan, withPlan } from "../../terraform/plan-file";
import type { Terraform } from "../../terraform/terraform";
import { isPartOf } from "../../runner/approved";

/** A plan with the operator's approval, and how to lift the guards of what it deletes or replaces. */
export interface Guarded {
  readonly plan: PlanReading;
  readonly lift: GuardLift;
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
    const counts = await applyPlan(terraform, plan);
    for (const line of endings(plan)) run.events.note(line);
    return counts;
  });
}

/** The plan that follows no longer has them, so nothing else would say that they are gone. */
function endings({ changes }: PlanReading): readonly string[] {
  const done = { delete: "Deleted", replace: "Replaced" } as const;
  return (["delete", "replace"] as const).flatMap((action) => {
    const addresses = changes.filter((change) => change.action === action).map(({ address }) => address);
    return addresses.length === 0 ? [] : [`${done[action]} ${addresses.join(", ")}`];
  });
}
