import { layerFolder } from "../../../../synthesis/folder";
import { verbOf } from "../../command-line/request";
import type { Run } from "../../run/run";
import { warnOfRemovedLayers } from "../../terraform/removed-layers";
import { assertAllSaved } from "../../terraform/unsaved-state";

/**
 * Throws, before anything is done for another layer, if an earlier run could not save the state of a selected one, or if that in the bucket is
 * damaged or gone; warns of what was left of layers that there are no more.
 */
export async function assertAllStates(run: Run): Promise<void> {
  warnOfRemovedLayers(run);
  assertAllSaved(run);
  const { selected, folders, request, stateGuard } = run;
  const use = (name: string) => ({ verb: verbOf(request), folder: layerFolder(folders.synthesised, name) });
  const looks = selected.map(({ name }) => stateGuard.assertWhole(name, use(name)));
  // The first layer of those that are refused is named, whichever is looked at first.
  for (const look of await Promise.allSettled(looks)) if (look.status === "rejected") throw look.reason;
}
