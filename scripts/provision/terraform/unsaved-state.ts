import { exitCodes, UserError } from "../../../lib/errors";
import type { AnyLayer } from "../../../lib/layer/layer";
import { terraformFiles } from "../run/folders";
import { recoverLine } from "../run/recover-line";
import { verbOf } from "../command-line/request";
import type { Run } from "../run/run";
import { layerFolders } from "./layer-folders";

/** The files of states that Terraform could not save, in every folder in which it runs for a layer. */
export function unsavedStates({ world, folders }: Run, { name }: AnyLayer): readonly string[] {
  return layerFolders(folders, name)
    .map((folder) => `${folder}/${terraformFiles.unsavedState}`)
    .filter((path) => world.files.read(path) !== undefined);
}

/** Throws if an earlier run could not save the state of a selected layer, before anything is done for another one. */
export function assertAllSaved(run: Run): void {
  for (const layer of run.selected) assertNothingUnsaved(run, layer, verbOf(run.request));
}

/** Throws if an earlier run could not save a layer's state: what the bucket has is not all that exists. */
export function assertNothingUnsaved(run: Run, layer: AnyLayer, verb: string): void {
  const [file] = unsavedStates(run, layer);
  if (file === undefined) return;
  throw new UserError(
    `Cannot ${verb} "${layer.name}": an earlier run could not save its state, which is in ${file}`,
    `Run: ${recoverLine(run, layer)}`,
    exitCodes.recoveryNeeded,
  );
}
