import type { DeclaringLayer } from "../../capacity/context";
import { type CapacityReport, capacityReport } from "../../capacity/report";
import type { Range } from "../../lib/layer/prices";
import { layers } from "../../modules";
import { SynthesisedJson } from "../../synthesis/environment";
import { existingCertificate } from "../everything-on";
import { loadConfig, type RawEnvironment, synthLayers, type SynthesisOptions } from "../synth";

/** Terraform JSON by layer, for a test to change. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests reach freely into JSON they know
export type RawLayers = Record<string, any>;

/** The capacity report of an environment file, after its JSON was changed. */
export function reportOf(
  options: SynthesisOptions = {},
  change: (json: RawLayers) => void = () => undefined,
  declaring: readonly DeclaringLayer[] = layers,
) {
  const { environment } = loadConfig(options, layers);
  const json: RawLayers = structuredClone(synthesised(options));
  change(json);
  return capacityReport(new SynthesisedJson(json), environment, declaring);
}

/** What a report adds up to, in a region with prices. */
export function totalOf({ cost: { total } }: CapacityReport): Range {
  if (total === null) throw new Error("the region has no prices");
  return total;
}

/** Every resource of a type in the eks layer. */
export function all(json: RawLayers, type: string): RawLayers[string][] {
  return Object.values(json["eks"].resource[type] as RawLayers);
}

const known = new Map<string, RawLayers>();

/** A synthesis costs a second, and most tests look at the same one. */
function synthesised(options: SynthesisOptions): RawLayers {
  const loaded = loadConfig(options, layers);
  const key = JSON.stringify(loaded);
  const found = known.get(key);
  if (found) return found;
  const json: RawLayers = synthLayers(loaded);
  known.set(key, json);
  return json;
}

/** The example in another region or with another profile. */
export function exampleWith(change: {
  region?: string;
  partition?: string;
  scaleProfile?: string;
}): SynthesisOptions {
  return {
    edit: (raw: RawEnvironment) => {
      const { region = "us-west-2", partition = "aws", scaleProfile = "default" } = change;
      const text = JSON.stringify(raw)
        .replaceAll("arn:aws:", `arn:${partition}:`)
        .replaceAll("us-west-2", region);
      Object.assign(raw, JSON.parse(text), { partition, scaleProfile });
      if (partition !== "aws") raw.layers.route53.certificate = existingCertificate(raw);
    },
  };
}
