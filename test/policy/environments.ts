import type { Environment } from "../../lib/layer/environment-schema";
import { layers } from "../../modules";
import { type LayerJson, SynthesisedJson } from "../../synthesis/environment";
import { credentialFiles, moveTo, type Partition, switchEverythingOn } from "../everything-on";
import { loadConfig, type RawEnvironment, synthAll } from "../synth";

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
  // Terraform JSON as cdktf writes it.
  const json = Object.entries(synthAll(loaded)).map(
    ([name, text]) => [name, JSON.parse(text) as LayerJson] as const,
  );
  return { environment: loaded.environment, synthesised: new SynthesisedJson(Object.fromEntries(json)) };
}
