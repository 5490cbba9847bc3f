import { layerFolder } from "../../../../synthesis/folder";
import { terraformFiles } from "../../run/folders";
import type { Run } from "../../run/run";

/** Synthesises the layers without deletion protection, to a separate folder. */
export async function synthesiseUnprotected(run: Run): Promise<void> {
  const { files, product } = run.world;
  const outdir = run.folders.unprotected;
  await product.synthesise(run.layers, run.loaded, {
    outdir: files.absolute(outdir),
    deletionProtection: false,
  });
  for (const { name } of run.selected) {
    const lock = files.read(`${layerFolder(run.folders.synthesised, name)}/${terraformFiles.lock}`);
    // Destroys with the same provider versions that created the resources.
    if (lock !== undefined) files.write(`${layerFolder(outdir, name)}/${terraformFiles.lock}`, lock);
  }
}
