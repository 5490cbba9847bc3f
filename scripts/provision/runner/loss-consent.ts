import type { AnyLayer } from "../../../lib/layer/layer";
import type { Change, PlanReading } from "../run/plan";
import { retryLine, type Run } from "../run/run";
import { contentsOf, losses } from "../terraform/stateful";
import { askName } from "./consent";
import { printPlan } from "./print-plan";

/** Objects that the question lists; the plan above it has all. */
const listed = 20;

/** Asks for the layer's name before objects of a plan are replaced, or lost with their data. Throws unless it is entered. */
export async function agreeToLoss(
  run: Run,
  layer: AnyLayer,
  { plan, changes }: { readonly plan: PlanReading; readonly changes: readonly Change[] },
): Promise<void> {
  const { screen } = run;
  const lost = losses(changes);
  for (const change of changes.slice(0, listed))
    screen.print(screen.ink.red(`  ${describe(change, lost.includes(change))}`));
  if (changes.length > listed) screen.print(screen.ink.red(`  and ${changes.length - listed} more`));
  await askName(run, {
    verb: run.request.command,
    subject: layer.name,
    question: questionOf(lost.length, changes.length),
    danger: true,
    name: layer.name,
    details: () => {
      printPlan(run, plan);
    },
    next: retryLine(run, layer),
  });
}

function questionOf(lost: number, all: number): string {
  const objects = all === 1 ? "1 object" : `${all} objects`;
  if (lost === 0) return `Replace ${objects}?`;
  return lost === all ? `Lose the data in ${objects}?` : `Replace or delete ${objects}, ${lost} with data?`;
}

function describe({ address, type, action }: Change, isLost: boolean): string {
  const what = action === "replace" ? "replaced" : "deleted";
  return `${address}: ${what}${isLost ? `; its ${contentsOf(type) ?? "data"} will be lost` : ""}`;
}
