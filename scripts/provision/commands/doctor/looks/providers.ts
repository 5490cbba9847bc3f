import { layerFolder } from "../../../../../synthesis/folder";
import { readLayer } from "../../../../../synthesis/read";
import type { Run } from "../../../run/run";
import type { Verdict } from "../../../run/verdict";
import { availability } from "../../../terraform/providers/availability";
import { cliConfig } from "../../../terraform/providers/cli-config";
import {
  installedProviders,
  type RequiredProvider,
  requiredProviders,
} from "../../../terraform/providers/required";
import type { DoctorLook, Ground } from "../ground";

/** Whether the providers of every layer are installed, or can be. */
export const providers: DoctorLook = {
  about: "providers",
  why: "a layer whose provider cannot be installed stops the run, after the layers before it",
  look: async (ground) => {
    const { run, signal } = ground;
    if (run.request.rehearse) return { state: "skipped", found: "a rehearsal brings its own" };
    const config = cliConfig(run);
    if (config.overrides)
      return { state: "skipped", found: `dev_overrides of ${config.file ?? ""} replaces providers` };
    const { wanted, lacking } = providersOf(ground);
    const found = await Promise.all(
      lacking.map(
        async (provider) => [provider, await availability(run, config, { provider, signal })] as const,
      ),
    );
    const reasons = new Set(found.flatMap(([, result]) => ("because" in result ? [result.because] : [])));
    if (reasons.size > 0)
      return [...reasons].map((because): Verdict => {
        const of = found.filter(([, result]) => "because" in result && result.because === because);
        const names = namesOf(of.map(([provider]) => provider));
        return { state: "failed", found: `${names} cannot be installed: ${because}`, cure };
      });
    const places = new Set(found.flatMap(([, result]) => ("from" in result ? [result.from] : [])));
    const names = namesOf(wanted);
    return {
      state: "ok",
      found: places.size === 0 ? `${names}: installed` : `${names}: from ${[...places].join(", ")}`,
    };
  },
};

function namesOf(providers: readonly RequiredProvider[]): string {
  return providers.map(({ type, version }) => `${type} ${version}`).join(", ");
}

const cure =
  "Check the network and HTTPS_PROXY, or set TF_CLI_CONFIG_FILE to a file with a mirror of these providers (https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation)";

/** Every provider of the selected layers, and those that some layer has not installed. */
function providersOf({ run, kept }: Ground) {
  const wanted = new Map<string, RequiredProvider>();
  const lacking = new Map<string, RequiredProvider>();
  for (const { name } of run.selected) {
    const installed = installedProviders(run.world.files, layerFolder(kept.synthesised, name));
    for (const provider of requiredProviders(layerOf(run, name), run)) {
      wanted.set(provider.path, provider);
      if (!installed.has(provider.path)) lacking.set(provider.path, provider);
    }
  }
  return { wanted: [...wanted.values()], lacking: [...lacking.values()] };
}

function layerOf({ world, folders }: Run, name: string) {
  return readLayer(world.files, layerFolder(folders.synthesised, name));
}
