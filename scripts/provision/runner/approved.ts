import type { AttributeChange, Change, PlannedChange, PlanReading } from "../run/plan";
import { isStateful } from "../terraform/stateful";

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

/**
 * Whether a plan has only changes of an earlier one, and ends in the values of that one: also what an apply has created half is
 * replaced by nothing else, unless it may hold data by now. What was known after apply may be known by now.
 */
export function isCovered(plan: PlanReading, earlier: PlanReading | undefined): boolean {
  if (earlier === undefined || !isPartOf(plan, earlier)) return false;
  const changes = new Map(earlier.changes.map((change) => [change.address, change]));
  const outputs = new Map(earlier.outputs.map((output) => [output.name, output]));
  return (
    plan.changes.every((change) => {
      const before = changes.get(change.address);
      if (isEnding(change)) return true;
      return before !== undefined && endsAlike(change, before) && losesNoOther(change, before);
    }) &&
    plan.outputs.every((output) => {
      const before = outputs.get(output.name);
      return before !== undefined && endsAlike(output, before);
    })
  );
}

/** Of what goes, no value matters. */
const isEnding = ({ action }: Change) => action === "delete" || action === "remove";

/** Whether an object with data is replaced that was to be, and not the one that came in its place, which can have the same ID. */
function losesNoOther({ type, action, instead, reason }: PlannedChange, before: PlannedChange): boolean {
  return (
    action !== "replace" || !isStateful(type) || (instead === before.instead && reason === before.reason)
  );
}

interface Ends {
  readonly action: string;
  readonly attributes: readonly AttributeChange[];
}

function endsAlike({ attributes }: Ends, earlier: Ends): boolean {
  return attributes.every(({ path, after }) => {
    const before = earlier.attributes.find((one) => one.path === path || isWithin(path, one));
    // An object that is created has nothing but what its plan lists.
    if (before === undefined) return after.kind === "absent" && earlier.action === "create";
    return before.after.kind === "unknown" || JSON.stringify(before.after) === JSON.stringify(after);
  });
}

/** Whether a value is a part of another one that was known after apply only. */
function isWithin(path: string, { path: whole, after }: AttributeChange): boolean {
  return after.kind === "unknown" && (path.startsWith(`${whole}.`) || path.startsWith(`${whole}[`));
}
