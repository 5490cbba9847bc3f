import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { existenceOf } from "../../aws/existence";
import { taggedResources } from "../../aws/tagged-resources";
import { taggedTypes } from "../../aws/tagged-types";
import { commandLine } from "../../command-line/request";
import { type Creation, forgetCreations } from "../../run/creations";
import { missingCreations } from "../../run/missing-creations";
import { bootstrapLayer } from "../../run/run";
import { listOf } from "../../terraform/lost-creations";
import type { DrainRun } from "./drain/drain-run";

/**
 * Throws if a record has objects of a layer that may exist, and there is no state bucket, without which nothing can be imported. Somebody else
 * may have destroyed the environment: what AWS calls gone, and what it would list by the tags of the layer and does not, is forgotten.
 */
export async function assertNothingRecorded(run: DrainRun, layer: AnyLayer): Promise<void> {
  const recorded = missingCreations(run, layer, new Map());
  if (recorded.length === 0) return;
  const { found, unasked } = await taggedResources(run, [layer]);
  const listed = await keep(found, async (one) => (await existenceOf(run, one)).kind !== "gone");
  const open = listed.length + unasked.length > 0 ? recorded : recorded.filter(isUnlisted);
  const left = await keep(open, async (one) => !(await isGone(run, one)));
  if (left.length === 0) {
    forgetCreations(run.world.files, run.folders, layer.name);
    return;
  }
  const again = commandLine(run.request);
  const creator = bootstrapLayer(run);
  const create =
    creator === undefined
      ? `the bucket "${run.loaded.environment.state.bucket}"`
      : `it, run: ${commandLine(run.request, { command: "apply", only: [creator.name] })}`;
  throw new UserError(
    `Cannot destroy "${layer.name}": an earlier run was cut off while it created ${listOf(left)}, and without the state bucket they cannot be imported`,
    `Create ${create}; then run: ${again}`,
    exitCodes.recoveryNeeded,
  );
}

/** Whether AWS lists no object of this type. */
function isUnlisted({ type }: Creation): boolean {
  return !taggedTypes.some(([, listed]) => listed === type);
}

/** Whether AWS says so of each object that was created. */
async function isGone(run: DrainRun, { type, ids }: Creation): Promise<boolean> {
  const { region } = run.loaded.environment;
  const exist = await keep(
    ids,
    async (id) => (await existenceOf(run, { type, id, region, tags: {} })).kind !== "gone",
  );
  return ids.length > 0 && exist.length === 0;
}

async function keep<Item>(
  items: readonly Item[],
  isKept: (item: Item) => Promise<boolean>,
): Promise<readonly Item[]> {
  const kept = await Promise.all(items.map(isKept));
  return items.filter((_, index) => kept[index]);
}
