import { z } from "zod";
import { releaseNames } from "../../../../gitops/releases/index";
import type { LoadedEnvironment } from "../../../../lib/environment/environment";
import { exitCodes, UserError } from "../../../../lib/errors";
import type { SynthesisedJson } from "../../../../synthesis/environment";
import { readEnvironment } from "../../../../synthesis/read";
import type { VerifyGitopsRun } from "./index";

const Platform = z.looseObject({
  release: z.string(),
  services: z.record(z.string(), z.boolean()).default({}),
});

/** The release of the platform that an environment has. */
export function releaseOf({ settings }: LoadedEnvironment): string {
  return Platform.parse(settings["platform"]).release;
}

/** The services of the platform, and whether an environment has each. */
export function servicesOf({ settings }: LoadedEnvironment): Readonly<Record<string, boolean>> {
  return Platform.parse(settings["platform"]).services;
}

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
  const platform = { ...Platform.parse(loaded.settings["platform"]), release };
  const changed = { ...loaded, settings: { ...loaded.settings, platform } };
  const outdir = files.temporary();
  try {
    await product.synthesise(layers, changed, { outdir, deletionProtection: true });
    return readEnvironment(files, outdir, layers);
  } finally {
    files.remove(outdir);
  }
}
