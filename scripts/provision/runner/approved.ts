import type { Change } from "../run/plan";

interface Plan {
  readonly changes: readonly Change[];
}

/**
 * Whether a plan has only changes of an earlier one; what that one created may be incomplete, and be replaced, and what it
 * was to replace may be deleted already, e.g. a listener with its load balancer.
 */
export function isPartOf(plan: Plan, earlier: Plan | undefined): boolean {
  if (earlier === undefined) return false;
  const actions = new Map(earlier.changes.map(({ address, action }) => [address, action]));
  return plan.changes.every(({ address, action }) => {
    const before = actions.get(address);
    if (before === action) return true;
    return (before === "create" && action === "replace") || (before === "replace" && action === "create");
  });
}
