import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AnyLayer } from "../../lib/layer/layer";
import { synthesise } from "../../main";
import { layers } from "../../modules";
import { route53 } from "../../modules/route53/layer";
import { issue } from "../certificates";
import { loadConfig, type RawEnvironment } from "../synth";
import { forMoto } from "./for-moto";
import type { LayerJson } from "./layer-json";
import type { Gap } from "./moto-gaps";
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
  readonly edit: (raw: RawEnvironment) => void;
  readonly files: Readonly<Record<string, string>>;
}

const certificate = issue({ name: "authority" });
const server = issue({
  name: "server",
  by: certificate,
  names: ["pem.edge.example.com", "*.pem.edge.example.com"],
});

/** An environment with everything in it that a setting adds. */
const whole: Variant = {
  files: { "docker.json": JSON.stringify({ username: "operator", accessToken: "token" }) },
  edit(raw) {
    const { layers } = raw;
    // The emulator ignores the conditions of bucket policies and would refuse every request.
    layers["s3-backend"] = { denyInsecureTransport: false };
    layers.account = { enabled: true };
    layers["registry-cache"] = { enabled: true, docker: { credentialsFile: "docker.json" } };
    layers.audit = {
      trail: { enabled: true, cisAlarms: true },
      alarmEmails: ["operations@example.com"],
      budget: { monthlyUsd: 3000 },
    };
    layers["object-store"] = { tracing: true };
    layers.efs = {
      accessPoints: { registry: { path: "/registry", uid: 1000, gid: 1000, permissions: "0700" } },
    };
    layers["lb-waf"] = {
      elasticIpAddresses: true,
      vpro: true,
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

/** Synthesises every layer that needs the AWS provider only, as the product does, and again the one that imports a certificate. */
export function emulatedEnvironment(scratch: string): readonly EmulatedLayer[] {
  // argocd is kubernetes and helm, which no emulated cluster would answer.
  const synthesisedLayers = layers.filter(({ name }) => name !== "argocd");
  const [again] = synthesised(join(scratch, "pem"), imported, {
    synthesisedLayers: [route53],
    states: scratch,
  });
  const others = again === undefined ? [] : [{ ...again, name: "route53-imported" }];
  return [...synthesised(scratch, whole, { synthesisedLayers, states: scratch }), ...others];
}

/** The given layers of an environment, which find the states of those that they need below `states`. */
function synthesised(
  scratch: string,
  variant: Variant,
  { synthesisedLayers, states }: { readonly synthesisedLayers: readonly AnyLayer[]; readonly states: string },
): readonly EmulatedLayer[] {
  const loaded = loadConfig({ config: "configs/dev.yaml", ...variant });
  const outdirs = { json: join(scratch, "synthesised"), unprotected: join(scratch, "unprotected") };
  synthesise(layers, loaded, { outdir: outdirs.json, deletionProtection: true });
  synthesise(layers, loaded, { outdir: outdirs.unprotected, deletionProtection: false });
  return synthesisedLayers.map((layer) => {
    const folder = join(scratch, layer.name);
    mkdirSync(folder, { recursive: true });
    const adapted = (outdir: string) => {
      const text = readFileSync(join(outdir, "stacks", layer.name, "cdk.tf.json"), "utf8");
      // Terraform JSON as cdktf writes it.
      return forMoto(JSON.parse(text) as LayerJson, (need) => join(states, need, "terraform.tfstate"));
    };
    const { json, met } = adapted(outdirs.json);
    const secrets = layer.secretFiles?.({ settings: loaded.settings[layer.name] }) ?? {};
    return {
      name: layer.name,
      needs: Object.values(layer.needs).map(({ name }) => name),
      folder,
      json,
      unprotected: adapted(outdirs.unprotected).json,
      variables: Object.fromEntries(
        Object.entries(secrets).map(([name, path]) => [`TF_VAR_${name}`, variant.files[path] ?? ""]),
      ),
      met,
    };
  });
}
