import { olderFileNotice } from "../../../lib/environment/older-file";
import { layerFolder } from "../../../synthesis/folder";
import type { CommandDeclaration } from "../command-line/define";
import { commandLine } from "../command-line/request";
import { terraformFiles } from "../run/folders";
import type { Run } from "../run/run";
import { announceSkippedHooks } from "./announce-hooks";
import { noteWarnings } from "./setting-warnings";

/** Says what there is to say of the environment file, and writes the JSON of every layer. */
export async function synthesise(run: Run, uses: CommandDeclaration["uses"]): Promise<void> {
  const { world, folders, layers, loaded } = run;
  for (const text of olderFileNotes(run)) run.events.note(text, "warning");
  noteWarnings(run);
  announceSkippedHooks(run);
  const outdir = world.files.absolute(folders.synthesised);
  await world.product.synthesise(layers, loaded, { outdir, deletionProtection: true });
  if (uses.terraform) forgetEarlierRuns(run);
}

function olderFileNotes({ loaded, request, file }: Run): readonly string[] {
  if (loaded.migrated === undefined) return [];
  const migrate = commandLine(request, { command: "migrate", rehearse: false });
  return olderFileNotice(file, loaded.migrated, migrate);
}

/** A run that was killed may have left a layer's folder pointing at its local state, or at objects to import. */
function forgetEarlierRuns({ world, layers, folders }: Run): void {
  for (const outdir of [folders.synthesised, folders.unprotected])
    for (const { name } of layers)
      for (const file of [terraformFiles.backendOverride, terraformFiles.imports])
        world.files.remove(`${layerFolder(outdir, name)}/${file}`);
}
