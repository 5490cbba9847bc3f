import type { PlanReading } from "../../run/plan";

/** Whether a plan has only changes of an earlier one; what that one created may be incomplete, and be replaced. */
export function isPartOf(plan: PlanReading, earlier: PlanReading | undefined): boolean {
  if (earlier === undefined) return false;
  const actions = new Map(earlier.changes.map(({ address, action }) => [address, action]));
  return plan.changes.every(({ address, action }) => {
    const before = actions.get(address);
    return before === action || (before === "create" && action === "replace");
  });
}
