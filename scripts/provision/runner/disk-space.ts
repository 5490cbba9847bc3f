import { readLayer } from "../../../synthesis/read";
import { layerFolder } from "../../../synthesis/folder";
import type { RunFolders } from "../run/folders";
import type { Run } from "../run/run";
import type { Verdict } from "../run/verdict";
import { installedProviders, requiredProviders } from "../terraform/providers/required";
import { cliConfig } from "../terraform/providers/cli-config";

/** Logs, plans and states of a run have to fit in here. */
const leastBytes = 100e6;
/** Of the AWS provider 5.100.0; others are smaller. */
const providerBytes = 700e6;

/** Whether providers that are not installed yet, logs and states fit on the disk of these folders. */
export function diskSpace(run: Run, { synthesised }: Pick<RunFolders, "synthesised">): Verdict {
  const { world, selected, folders } = run;
  const free = world.files.free(synthesised);
  const found = `${gigabytes(free)} are free`;
  if (free < leastBytes)
    return { state: "failed", found, cure: `Free disk space: at least ${gigabytes(leastBytes)}` };
  const lacking = selected.filter(({ name }) => {
    const required = requiredProviders(readLayer(world.files, layerFolder(folders.synthesised, name)), run);
    const installed = installedProviders(world.files, layerFolder(synthesised, name));
    return required.some(({ path }) => !installed.has(path));
  }).length;
  const { cacheFolder } = cliConfig(run);
  const needed = (cacheFolder === undefined ? lacking : Math.min(lacking, 1)) * providerBytes;
  if (free - leastBytes >= needed) return { state: "ok", found };
  const cache =
    cacheFolder === undefined
      ? ", or let the layers share providers: set TF_PLUGIN_CACHE_DIR to a folder"
      : "";
  return {
    state: "warning",
    found: `${found}, but the providers of ${lacking} layers take about ${gigabytes(needed)}`,
    cure: `Free disk space${cache}`,
  };
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
