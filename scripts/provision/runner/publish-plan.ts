import type { AnyLayer } from "../../../lib/layer/layer";
import { planText } from "../plan-view/text";
import { totals } from "../plan-view/summary";
import type { PlanReading } from "../run/plan";
import type { Run } from "../run/run";

/** Writes everything in a layer's plan to a file of its own, and publishes the plan. */
export function publishPlan(run: Run, { name }: AnyLayer, plan: PlanReading): void {
  const file = writePlan(run, name, plan);
  run.events.publish({ type: "plan created", layer: name, plan, ...(file === undefined ? {} : { file }) });
}

/** Returns the file; undefined if there is none, because nothing changes, or it cannot be written. */
function writePlan({ world, records, folders }: Run, layer: string, plan: PlanReading): string | undefined {
  const file = `${folders.plans}/${layer}.txt`;
  // That of an earlier plan would be taken for this one.
  if (!plan.pending) records.remove(file);
  const text = [...planText(plan), "", totals(plan), ""].join("\n");
  const written = () => {
    world.files.write(file, text, "secret");
  };
  return plan.pending && records.attempt(written) ? file : undefined;
}
