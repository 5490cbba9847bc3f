import type { AnyLayer } from "../../../../lib/layer/layer";
import type { Obstacle, Present } from "../../../../lib/layer/obstacle";
import { callAws, tryAws } from "../../aws/client";
import type { Fault } from "../../aws/fault";
import { retryLine, type Run } from "../../run/run";
import { askConsent } from "../../runner/consent";
import { pullStateHead } from "../../terraform/state";
import type { Terraform } from "../../terraform/terraform";
import { deleteUntilGone } from "./delete-until-gone";

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
    await deleteUntilGone(run, {
      about: obstacle.about,
      list: () => presentOf(run, obstacle),
      delete: (id) => deleteOne(run, obstacle, id),
    });
  return true;
}

async function presentOf(run: Run, obstacle: Obstacle): Promise<readonly Present[]> {
  return obstacle.present(await callAws(run, `list ${obstacle.about}`, obstacle.call));
}

async function deleteOne(run: Run, obstacle: Obstacle, id: string): Promise<Fault | undefined> {
  const reply = await tryAws(run, obstacle.delete(id));
  if (reply.kind === "fault") return reply.fault;
  const refusal = obstacle.refusal?.(reply.output);
  return refusal === undefined ? undefined : { kind: "refused", ...refusal };
}
