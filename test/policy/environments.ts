import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../lib/environment-schema";
import type { AnyLayer } from "../../lib/layer";
import { synthesise } from "../../main";
import { layers as listed } from "../../modules";
import { audit } from "../../modules/audit/layer";
import { backup } from "../../modules/backup/layer";
import { objectStore } from "../../modules/object-store/layer";
import { type LayerJson, PolicyDocument } from "../../policy/document";
import { loadConfig, type RawEnvironment } from "../synth";

/** One environment as the policy pack sees it. */
export interface SynthesisedEnvironment {
  readonly environment: Environment;
  readonly document: PolicyDocument;
}

/** Every layer there is, those included that modules/index.ts does not list yet. */
const unlisted: readonly AnyLayer[] = [audit, objectStore, backup];
const layers: readonly AnyLayer[] = [
  ...listed,
  ...unlisted.filter(({ name }) => !listed.some((layer) => layer.name === name)),
];

const regions = { aws: undefined, "aws-us-gov": "us-gov-west-1", "aws-cn": "cn-north-1" } as const;
export const partitions = ["aws", "aws-us-gov", "aws-cn"] as const;

/** Synthesises a file of configs/ for a scale profile and a partition; undefined when the two cannot be. */
export function synthesiseEnvironment(
  config: string,
  scaleProfile: string,
  partition: keyof typeof regions,
): SynthesisedEnvironment {
  const edit = (raw: RawEnvironment) => {
    move(raw, partition);
    raw.scaleProfile = scaleProfile;
  };
  const loaded = loadConfig({ config: `configs/${config}.yaml`, edit }, layers);
  const outdir = mkdtempSync(join(tmpdir(), "policy-"));
  try {
    synthesise(layers, loaded, { outdir, deletionProtection: true });
    const json = layers.map(({ name }) => {
      const text = readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8");
      // Terraform JSON as cdktf writes it.
      return [name, JSON.parse(text) as LayerJson] as const;
    });
    return { environment: loaded.environment, document: new PolicyDocument(Object.fromEntries(json)) };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function move(raw: RawEnvironment, partition: keyof typeof regions): void {
  const region = regions[partition];
  if (region === undefined) return;
  const text = JSON.stringify(raw)
    .replaceAll("arn:aws:", `arn:${partition}:`)
    .replaceAll(String(raw.region), region);
  Object.assign(raw, JSON.parse(text), { partition });
}
