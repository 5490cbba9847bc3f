import { type Environment, scaleProfiles } from "../../lib/layer/environment-schema";
import { layers } from "../../modules";
import { type LayerJson, SynthesisedJson } from "../../synthesis/environment";
import { credentialFiles, moveTo, type Partition, partitions, switchEverythingOn } from "../everything-on";
import type { EnvironmentName } from "../environments/files";
import { loadConfig, type RawEnvironment, synthLayers } from "../synth";

/** An environment file, and what it is synthesised for. */
export interface EnvironmentChoice {
  readonly config: EnvironmentName;
  readonly scaleProfile: string;
  readonly partition: Partition;
}

/** One environment as the policy pack sees it. */
export interface SynthesisedEnvironment {
  readonly environment: Environment;
  readonly json: Readonly<Record<string, LayerJson>>;
  readonly synthesised: SynthesisedJson;
}

/**
 * Each file with each scale profile and in each partition, and each scale profile in each partition: a third of all
 * combinations, since what a profile changes (numbers and sizes) does not depend on what a partition changes (names).
 */
export const judgedEnvironments: readonly EnvironmentChoice[] = (["prod", "dev", "example"] as const).flatMap(
  (config, row) =>
    scaleProfiles.map((scaleProfile, column) => ({
      config,
      scaleProfile,
      // The remainder is an index of the list.
      partition: partitions[(row + column) % partitions.length]!,
    })),
);

/** Synthesises an environment file for a scale profile and a partition; configs/example.yaml with everything on. */
export function synthesiseEnvironment(
  config: EnvironmentName,
  scaleProfile: string,
  partition: Partition,
): SynthesisedEnvironment {
  const edit = (raw: RawEnvironment) => {
    moveTo(raw, partition);
    if (config === "example") switchEverythingOn(raw);
    raw.scaleProfile = scaleProfile;
  };
  const loaded = loadConfig({ config, edit, files: credentialFiles }, layers);
  const json = synthLayers(loaded);
  return { environment: loaded.environment, json, synthesised: new SynthesisedJson(json) };
}
