import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../lib/environment-schema";
import { synthesise } from "../../main";
import { layers } from "../../modules";
import { type LayerJson, PolicyDocument } from "../../policy/document";
import { loadConfig, type RawEnvironment } from "../synth";

/** One environment as the policy pack sees it. */
export interface SynthesisedEnvironment {
  readonly environment: Environment;
  readonly document: PolicyDocument;
}

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
    if (config === "example") switchEverythingOn(raw);
    raw.scaleProfile = scaleProfile;
  };
  const files = { "docker.json": '{"username":"somebody","accessToken":"made-up"}' };
  const loaded = loadConfig({ config: `configs/${config}.yaml`, edit, files }, layers);
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

/** Switches the optional layers on. */
function switchEverythingOn(raw: RawEnvironment): void {
  raw.layers.account.enabled = true;
  Object.assign(raw.layers["registry-cache"], {
    enabled: true,
    docker: { credentialsFile: "docker.json" },
  });
  Object.assign(raw.layers["release-service"], { enabled: true, repositories: ["edge-orch/common/files"] });
}

function move(raw: RawEnvironment, partition: keyof typeof regions): void {
  const region = regions[partition];
  if (region === undefined) return;
  const text = JSON.stringify(raw)
    .replaceAll("arn:aws:", `arn:${partition}:`)
    .replaceAll(String(raw.region), region);
  Object.assign(raw, JSON.parse(text), { partition });
}
