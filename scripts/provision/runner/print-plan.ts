import { planText } from "../plan-view/text";
import type { PlanReading } from "../run/plan";
import type { Run } from "../run/run";

/** Prints everything in a plan, for the answer `details`. */
export function printPlan({ screen }: Pick<Run, "screen">, plan: PlanReading): void {
  for (const line of planText(plan)) screen.print(`  ${line}`);
}
