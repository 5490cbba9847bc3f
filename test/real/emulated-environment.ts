import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AnyLayer } from "../../lib/layer/layer";
import type { Environment } from "../../lib/layer/environment-schema";
import { synthesise } from "../../main";
import { layers } from "../../modules";
import { route53 } from "../../modules/route53/layer";
import { issue } from "../certificates";
import type { EnvironmentName } from "../environments/files";
import { credentialFiles, switchEverythingOn } from "../everything-on";
import { loadConfig, type RawEnvironment } from "../synth";
import { forMoto } from "./for-moto";
import type { LayerJson } from "./layer-json";
import type { Gap } from "./moto-gaps";
import { runVariables } from "./run-variables";
import type { Variables } from "./terraform";

/** A layer of the environment, in a form that moto can take. */
export interface EmulatedLayer {
  readonly name: string;
  /** The layers whose outputs it reads. */
  readonly needs: readonly string[];
  /** Where Terraform runs and keeps its state. */
  readonly folder: string;
  readonly json: LayerJson;
  /** The same on the way to destruction, without deletion protection. */
  readonly unprotected: LayerJson;
  readonly variables: Variables;
  /** What moto could not take of it. */
  readonly met: readonly Gap[];
}

interface Variant {
  /** The file that is edited. */
  readonly config: EnvironmentName;
  readonly edit: (raw: RawEnvironment) => void;
  readonly files: Readonly<Record<string, string>>;
}

// argocd is kubernetes and helm, which no emulated cluster would answer.
const emulatedLayers = layers.filter(({ name }) => name !== "argocd");

const certificate = issue({ name: "authority" });
const server = issue({
  name: "server",
  by: certificate,
  names: ["pem.edge.example.com", "*.pem.edge.example.com"],
});

/** configs/dev.yaml with everything in it that a setting adds. */
const dev: Variant = {
  config: "dev",
  files: { "docker.json": JSON.stringify({ username: "operator", accessToken: "token" }) },
  edit(raw) {
    const { layers } = raw;
    layers.account = { enabled: true };
    layers["registry-cache"] = { enabled: true, docker: { credentialsFile: "docker.json" } };
    layers.audit = {
      trail: { enabled: true, cisAlarms: true },
      alarmEmails: ["operations@example.com"],
      budget: { monthlyUsd: 3000 },
    };
    layers.platform = { services: { vpro: true } };
    layers["object-store"] = { tracing: true };
    layers.efs = {
      accessPoints: { registry: { path: "/registry", uid: 1000, gid: 1000, permissions: "0700" } },
    };
    layers["lb-waf"] = {
      elasticIpAddresses: true,
      wildcardRecord: true,
      shieldAdvanced: {
        enabled: true,
        acceptedPrice: "3000 USD a month for at least a year",
        subscribe: true,
      },
    };
    layers.backup = { copy: { enabled: true, region: "us-east-2" } };
    layers["release-service"] = { enabled: true, repositories: ["edge-orch/common"] };
  },
};

/** Another one, whose DNS is elsewhere and whose certificate is in files. */
const imported: Variant = {
  config: "dev",
  files: {
    "server.crt": server.certificate,
    "server.key": server.privateKey,
    "chain.crt": certificate.certificate,
  },
  edit(raw) {
    raw.name = "pem";
    raw.layers.route53 = {
      certificate: {
        source: "pem",
        certificateFile: "server.crt",
        privateKeyFile: "server.key",
        chainFile: "chain.crt",
      },
      zones: { source: "none" },
    };
  },
};

/** An environment of which every layer that needs the AWS provider only is synthesised, as the product does. */
export interface EmulatedEnvironment {
  readonly environment: Environment;
  readonly layers: readonly EmulatedLayer[];
}

/** configs/dev.yaml, and again the layer that imports a certificate. */
export function emulatedDev(scratch: string): EmulatedEnvironment {
  const { environment, layers } = synthesised(scratch, dev, { wanted: emulatedLayers, states: scratch });
  const again = synthesised(join(scratch, "pem"), imported, { wanted: [route53], states: scratch });
  return {
    environment,
    layers: [...layers, ...again.layers.map((layer) => ({ ...layer, name: "route53-imported" }))],
  };
}

/** configs/example.yaml with everything on. */
export function emulatedEverythingOn(scratch: string): EmulatedEnvironment {
  const everything = { config: "example", edit: switchEverythingOn, files: credentialFiles } as const;
  return synthesised(scratch, everything, { wanted: emulatedLayers, states: scratch });
}

/** The given layers of an environment, which find the states of those that they need below `states`. */
function synthesised(
  scratch: string,
  variant: Variant,
  { wanted, states }: { readonly wanted: readonly AnyLayer[]; readonly states: string },
): EmulatedEnvironment {
  const loaded = loadConfig(variant);
  const outdirs = { json: join(scratch, "synthesised"), unprotected: join(scratch, "unprotected") };
  synthesise(layers, loaded, { outdir: outdirs.json, deletionProtection: true });
  synthesise(layers, loaded, { outdir: outdirs.unprotected, deletionProtection: false });
  const emulated = wanted.map((layer) => {
    const folder = join(scratch, layer.name);
    mkdirSync(folder, { recursive: true });
    const adapted = (outdir: string) => {
      const text = readFileSync(join(outdir, "stacks", layer.name, "cdk.tf.json"), "utf8");
      // Terraform JSON as cdktf writes it.
      return forMoto(JSON.parse(text) as LayerJson, (need) => join(states, need, "terraform.tfstate"));
    };
    const { json, met } = adapted(outdirs.json);
    return {
      name: layer.name,
      needs: Object.values(layer.needs).map(({ name }) => name),
      folder,
      json,
      unprotected: adapted(outdirs.unprotected).json,
      variables: runVariables(layer, loaded, variant.files),
      met,
    };
  });
  return { environment: loaded.environment, layers: emulated };
}
