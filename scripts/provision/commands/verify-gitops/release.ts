import { platformOf } from "../../../../gitops/expectations/platform-of";
import { releaseNames } from "../../../../gitops/releases/index";
import { exitCodes, UserError } from "../../../../lib/errors";
import type { SynthesisedJson } from "../../../../synthesis/environment";
import { readEnvironment } from "../../../../synthesis/read";
import type { VerifyGitopsRun } from "./index";

/** What the layers would be synthesised to with another release of the platform. */
export async function withRelease(
  { world: { files, product }, loaded, layers }: VerifyGitopsRun,
  release: string,
): Promise<SynthesisedJson> {
  if (!releaseNames.some((name) => name === release))
    throw new UserError(
      `Cannot verify release "${release}": the supported releases are ${releaseNames.join(" and ")}`,
      `Name one of them with --release, e.g. --release ${releaseNames[0]}`,
      exitCodes.usage,
    );
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
