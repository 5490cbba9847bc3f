import { releaseNames } from "../../../../gitops/releases/index";
import { exitCodes, UserError } from "../../../../lib/errors";
import type { Files } from "../../world/index";

/** A checkout of the platform's deployment repository. */
export interface Checkout {
  /** Absolute. */
  readonly folder: string;
  /** What its file VERSION says, e.g. `2026.0.0`. */
  readonly version: string;
  /** Whether it has a file, by the path in the repository. */
  readonly has: (path: string) => boolean;
  /** What a file says; undefined: there is none. */
  readonly read: (path: string) => string | undefined;
}

/** Finds the checkout, and checks that it is of the release. */
export function openCheckout(files: Files, folder: string, release: string): Checkout {
  const at = (path: string) => `${files.absolute(folder)}/${path}`;
  const version = files.read(at("VERSION"))?.trim();
  if (version === undefined || files.kind(at("argocd/applications")) !== "folder")
    throw new UserError(
      `Cannot verify with "${folder}": it has no file "VERSION" and no folder "argocd/applications"`,
      "Clone https://github.com/open-edge-platform/edge-manageability-framework, check out the release, and name that folder with --emf",
      exitCodes.preflightFailed,
    );
  if (version !== release && !version.startsWith(`${release}.`)) throw otherRelease(folder, version, release);
  return {
    folder: files.absolute(folder),
    version,
    has: (path) => files.kind(at(path)) === "file",
    read: (path) => (files.kind(at(path)) === "file" ? files.read(at(path)) : undefined),
  };
}

function otherRelease(folder: string, version: string, release: string): UserError {
  const known = releaseNames.find((name) => version.startsWith(`${name}.`));
  return new UserError(
    `Cannot verify release "${release}" with "${folder}": it is version "${version}"`,
    known === undefined
      ? `Check out a release that is supported: ${releaseNames.join(", ")}`
      : `Check out that release, or add --release ${known} to verify the environment with this one`,
    exitCodes.preflightFailed,
  );
}
