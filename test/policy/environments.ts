import type { Environment } from "../../lib/layer/environment-schema";
import { layers } from "../../modules";
import type { SynthesisedJson } from "../../synthesis/environment";
import { credentialFiles, moveTo, type Partition, switchEverythingOn } from "../everything-on";
import { loadConfig, type RawEnvironment, synthEnvironment } from "../synth";

/** One environment as the policy pack sees it. */
export interface SynthesisedEnvironment {
  readonly environment: Environment;
  readonly synthesised: SynthesisedJson;
}

/** Synthesises a file of configs/ for a scale profile and a partition; example.yaml with everything on. */
export function synthesiseEnvironment(
  config: string,
  scaleProfile: string,
  partition: Partition,
): SynthesisedEnvironment {
  const edit = (raw: RawEnvironment) => {
    moveTo(raw, partition);
    if (config === "example") switchEverythingOn(raw);
    raw.scaleProfile = scaleProfile;
  };
  const loaded = loadConfig({ config: `configs/${config}.yaml`, edit, files: credentialFiles }, layers);
  return { environment: loaded.environment, synthesised: synthEnvironment(loaded) };
}
