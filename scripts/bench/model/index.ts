import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { layers } from "../../../modules";
import { layerFolder } from "../../../synthesis/folder";
import { readLayer } from "../../../synthesis/read";
import { secondsOf } from "../process";
import { modelInstall } from "./install";
import { scheduleResources } from "../../../synthesis/timing/layer-time";
import { installReport, limitSeconds, slots } from "./report";

/** Models the first apply of an environment of configs/; returns the text to print, and whether it is within its limit. */
export async function modelEnvironment(
  environment: string,
): Promise<{ readonly text: string; readonly within: boolean }> {
  const scratch = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const outdir = join(scratch, environment);
    await secondsOf({
      program: process.execPath,
      arguments: ["scripts/cdktf.cjs"],
      variables: { ORCHESTRATOR_ENV: environment, CDKTF_OUTDIR: outdir },
    });
    const files = { read: (path: string) => readFileSync(path, "utf8") };
    const jsonOf = (layer: string) => readLayer(files, layerFolder(outdir, layer));
    const install = modelInstall(layers, jsonOf, slots);
    const text = installReport(install, (layer) => scheduleResources(jsonOf(layer)));
    return { text, within: install.sideBySide.seconds <= limitSeconds };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
