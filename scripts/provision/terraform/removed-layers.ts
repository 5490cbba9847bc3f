import { layerFolder } from "../../../synthesis/folder";
import { terraformFiles } from "../run/folders";
import { recoverLine } from "../run/recover-line";
import type { Run } from "../run/run";
import { typedCommand } from "./typed-command";

/** A state that could not be saved, of a layer that the environment does not have any more. */
export interface RemovedLayer {
  /** What is true, in a sentence without its end. */
  readonly found: string;
  /** What to do about it. */
  readonly cure: string;
}

/** The states that Terraform could not save, of layers that are no longer part of the product or of the environment. */
export function removedLayers(run: Run): readonly RemovedLayer[] {
  const { world, folders, layers } = run;
  const known = new Set(layers.map(({ name }) => name));
  return [folders.synthesised, folders.unprotected].flatMap((outdir) =>
    world.files
      .list(layerFolder(outdir, "").replace(/\/$/, ""))
      .map((path) => path.split("/"))
      .filter(
        ([name = "", file, ...rest]) =>
          file === terraformFiles.unsavedState && rest.length === 0 && !known.has(name),
      )
      .map(([name = ""]) => described(run, name, layerFolder(outdir, name))),
  );
}

function described(run: Run, name: string, folder: string): RemovedLayer {
  const { unsavedState } = terraformFiles;
  const push = typedCommand({ program: run.program, folder }, `state push ${unsavedState}`);
  return {
    found: `"${name}" is no layer of this environment any more, and an earlier run could not save its state: ${folder}/${unsavedState} lists what may still exist, and nothing deletes it`,
    cure: `Put the layer back, and run: ${recoverLine(run, { name })}; or save the state by hand: ${push}; or remove the file, if you know that it is obsolete`,
  };
}

/** Warns of each; what a run does to its own layers does not depend on them. */
export function warnOfRemovedLayers(run: Run): void {
  for (const { found, cure } of removedLayers(run)) run.events.note(`${found}. ${cure}`, "warning");
}
