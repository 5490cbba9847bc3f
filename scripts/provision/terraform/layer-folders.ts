import { layerFolder } from "../../../synthesis/folder";
import type { RunFolders } from "../run/folders";

/** Every folder in which Terraform runs for a layer: an apply has one, and a destroy another. */
export function layerFolders(
  { synthesised, unprotected }: Pick<RunFolders, "synthesised" | "unprotected">,
  layer: string,
): readonly string[] {
  return [synthesised, unprotected].map((outdir) => layerFolder(outdir, layer));
}
