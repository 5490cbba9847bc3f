import { UserError } from "../../../lib/errors";
import { applyAll } from "./apply/apply";
import { closingCard } from "./apply/closing-card";
import { destroyAll } from "./destroy/destroy";
import { outcomeText } from "../run/outcome";
import { planAll } from "./plan/plan";
import type { CommandName } from "../command-line/request";
import type { Run } from "../run/run";
import type { RunningRehearsal } from "../world/index";

/** Applies everything, plans again, destroys everything; throws unless the plan is empty and nothing is left. */
export async function rehearseFullCycle(run: Run, rehearsal: RunningRehearsal): Promise<void> {
  const phase = (command: CommandName, title: string): Run => {
    run.events.publish({ type: "phase began", title });
    return { ...run, request: { ...run.request, command } };
  };
  await applyAll(phase("apply", "1 of 3: apply"));
  run.screen.print(closingCard(run));
  await assertSecondPlanEmpty(phase("plan", "2 of 3: a second plan, which must be empty"));
  await destroyAll(phase("destroy", "3 of 3: destroy"));
  assertNothingLeft(rehearsal);
  run.screen.heading("The rehearsal passed", "applied, planned without changes, destroyed; nothing is left");
}

async function assertSecondPlanEmpty(run: Run): Promise<void> {
  const changed = (await planAll(run)).find(({ kind }) => kind !== "unchanged");
  if (changed === undefined) return;
  throw new UserError(
    `Cannot pass the rehearsal: right after apply, a second plan of "${changed.layer}" says "${outcomeText(changed)}"`,
    `Read the plan in ${run.folders.logs}/${changed.layer}.log, and correct modules/${changed.layer}`,
  );
}

function assertNothingLeft(rehearsal: RunningRehearsal): void {
  const left = [
    ...rehearsal.objects().map(({ type, id }) => `${type} "${id}"`),
    ...rehearsal.lockFiles().map((file) => `lock "${file}"`),
  ];
  if (left.length === 0) return;
  throw new UserError(
    `Cannot pass the rehearsal: destroy left ${left.length} objects or locks: ${left.slice(0, 5).join(", ")}`,
    "Find which layer made them, and let it destroy them",
  );
}
