import { platformOf } from "../../../../gitops/expectations/platform-of";
import { refusalOf, type ReleaseName, releaseNames } from "../../../../gitops/releases/index";
import { exitCodes, UserError } from "../../../../lib/errors";
import type { SynthesisedJson } from "../../../../synthesis/environment";
import { readEnvironment } from "../../../../synthesis/read";
import type { VerifyGitopsRun } from "./index";

/** The release that is verified: that of the command line, or the environment's. */
export function releaseOf({ request, loaded }: Pick<VerifyGitopsRun, "request" | "loaded">): ReleaseName {
  const wanted = request.release ?? platformOf(loaded).release;
  const known = releaseNames.find((name) => name === wanted);
  if (known !== undefined) return known;
  throw new UserError(
    `Cannot verify release "${wanted}": ${refusalOf(wanted)}`,
    `Name a supported release with --release: ${releaseNames.join(" or ")}`,
    exitCodes.usage,
  );
}

/** What the layers would be synthesised to with another release of the platform. */
export async function withRelease(
  { world: { files, product }, loaded, layers }: VerifyGitopsRun,
  release: ReleaseName,
): Promise<SynthesisedJson> {
  const platform = { ...platformOf(loaded), release };
  const changed = { ...loaded, settings: { ...loaded.settings, platform } };
  const outdir = files.temporary();
  try {
    await product.synthesise(layers, changed, { outdir, deletionProtection: true });
    return readEnvironment(files, outdir, layers);
  } finally {
    files.remove(outdir);
  }
}
