import { exitCodes, UserError } from "../../../../lib/errors";
import { outcomeText } from "../../run/outcome";
import type { Run } from "../../run/run";
import { duration } from "../../screen/duration";
import type { RunningRehearsal } from "../../world/index";
import { apply } from "../apply/index";
import { destroy } from "../destroy/index";
import { plan } from "../plan/index";

/** Applies everything, plans again, destroys everything; throws unless the plan is empty and nothing is left. */
export async function handle(run: Run): Promise<number> {
  const { applyAll, rollOut } = await apply.load();
  run.events.publish({ type: "phase began", title: "1 of 3: apply" });
  await applyAll(run);
  await rollOut(run);
  run.events.publish({ type: "phase began", title: "2 of 3: a second plan, which must be empty" });
  await assertSecondPlanEmpty(run);
  run.events.publish({ type: "phase began", title: "3 of 3: destroy" });
  const { destroyAll } = await destroy.load();
  await destroyAll(run, () => Promise.resolve());
  assertNothingLeft(run.rehearsal);
  const time = duration(run.world.clock.seconds() - run.started);
  run.screen.heading(
    `The rehearsal passed in ${time}`,
    "applied, planned without changes, destroyed; nothing is left",
  );
  return exitCodes.done;
}

async function assertSecondPlanEmpty(run: Run): Promise<void> {
  const { planAll } = await plan.load();
  const changed = (await planAll(run)).find(({ kind }) => kind !== "unchanged");
  if (changed === undefined) return;
  throw new UserError(
    `Cannot pass the rehearsal: right after apply, a second plan of "${changed.layer}" says "${outcomeText(changed)}"`,
    `Read the plan in ${run.folders.logs}/${changed.layer}.log, and correct modules/${changed.layer}`,
  );
}

function assertNothingLeft(rehearsal: RunningRehearsal | undefined): void {
  const left = [
    ...(rehearsal?.objects() ?? []).map(({ type, id }) => `${type} "${id}"`),
    ...(rehearsal?.lockFiles() ?? []).map((file) => `lock "${file}"`),
  ];
  if (left.length === 0) return;
  throw new UserError(
    `Cannot pass the rehearsal: destroy left ${left.length} objects or locks: ${left.slice(0, 5).join(", ")}`,
    "Find which layer created them, and let it destroy them",
  );
}
