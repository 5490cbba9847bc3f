import { type ReleaseName, releaseNames } from "../../gitops/releases";
import type { LoadedEnvironment } from "../../lib/environment/environment";
import { credentialFiles, switchEverythingOn } from "../everything-on";
import { loadConfig, type RawEnvironment } from "../synth";

/** configs/example.yaml with a release, as it is or with all that can be switched on. */
export interface Example {
  readonly title: string;
  readonly release: ReleaseName;
  readonly everything: boolean;
}

/** Every release, with the services of configs/example.yaml and with every one. */
export const examples: readonly Example[] = releaseNames.flatMap((release) => [
  { title: `release ${release}`, release, everything: false },
  { title: `release ${release} with every service`, release, everything: true },
]);

/** Loads configs/example.yaml as an example has it. */
export function loadExample({ release, everything }: Example): LoadedEnvironment {
  const edit = (raw: RawEnvironment) => {
    if (everything) switchEverythingOn(raw);
    raw.layers.platform.release = release;
  };
  return loadConfig({ edit, files: credentialFiles });
}
