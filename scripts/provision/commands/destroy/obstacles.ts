import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import type { Obstacle, Present } from "../../../../lib/layer/obstacle";
import { callAws, tryAws } from "../../aws/client";
import { awsFailure } from "../../aws/failure";
import { pause } from "../../run/pause";
import { retryLine, type Run } from "../../run/run";
import { askConsent } from "../../runner/consent";
import { pullStateHead } from "../../terraform/state";
import type { Terraform } from "../../terraform/terraform";

/** An endpoint takes minutes; then something else keeps it. */
const limit = { seconds: 900, interval: 10 } as const;

/** Still in use, or gone in the meantime. */
const passing = /^(DependencyViolation|InvalidGroup\.InUse|Invalid\w+\.NotFound)$/;

/**
 * Deletes what AWS itself created inside the layer's resources, if the operator agrees; with --yes, without asking. Returns
 * whether there was anything.
 */
export async function removeObstacles(run: Run, layer: AnyLayer, terraform: Terraform): Promise<boolean> {
  if (layer.obstacles === undefined || run.request.rehearse) return false;
  const state = await pullStateHead(terraform);
  const { environment, settings } = run.loaded;
  const ids = (type: string) => state?.ids(type) ?? [];
  const obstacles = layer.obstacles({ environment, settings: settings[layer.name], ids });
  const found = await Promise.all(
    obstacles.map(async (obstacle) => ({ obstacle, present: await presentOf(run, obstacle) })),
  );
  const inTheWay = found.filter(({ present }) => present.length > 0);
  if (inTheWay.length === 0) return false;
  const lists = inTheWay.map(
    ({ obstacle, present }) => `${obstacle.about} (${present.map(({ id }) => id).join(", ")})`,
  );
  run.events.note(
    `Not created by Terraform, but in resources of "${layer.name}", which cannot be deleted before: ${lists.join(", ")}`,
  );
  if (!run.request.yes)
    await askConsent(run, {
      verb: run.request.command,
      subject: layer.name,
      question: "Delete them?",
      next: retryLine(run, layer),
    });
  // Including those that were absent: an endpoint may have appeared with its security group.
  for (const obstacle of obstacles)
    await run.events.step(`deleting ${obstacle.about}`, () => remove(run, obstacle));
  return true;
}

async function presentOf(run: Run, obstacle: Obstacle): Promise<readonly Present[]> {
  return obstacle.present(await callAws(run, `list ${obstacle.about}`, obstacle.call));
}

/** Deletes the objects and waits until they are gone. */
async function remove(run: Run, obstacle: Obstacle): Promise<void> {
  for (let waited = 0; waited < limit.seconds; waited += limit.interval) {
    const present = await presentOf(run, obstacle);
    if (present.length === 0) return;
    for (const { id } of present.filter(({ deleting }) => deleting !== true))
      await deleteOne(run, obstacle, id);
    await pause(run.world.clock, limit.interval, () => run.interrupts.draining);
    if (run.interrupts.draining) return;
  }
  throw new UserError(
    `Cannot delete ${obstacle.about}: after ${limit.seconds / 60} minutes AWS still lists them`,
    "Look in the AWS console for what uses them, then run the command again",
    exitCodes.failed,
  );
}

async function deleteOne(run: Run, obstacle: Obstacle, id: string): Promise<void> {
  const reply = await tryAws(run, obstacle.delete(id));
  const fault = reply.kind === "fault" ? reply.fault : faultIn(obstacle.refusal?.(reply.output));
  if (fault === undefined || passing.test(fault.code)) return;
  throw awsFailure(run, `delete ${id}`, fault);
}

function faultIn(refusal: { readonly code: string; readonly message: string } | undefined) {
  return refusal === undefined ? undefined : { kind: "refused" as const, ...refusal };
}
