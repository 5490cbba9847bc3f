import type { z } from "zod";
import { rootApplicationValues } from "../../gitops/cluster-definition";
import { placedValues } from "../../gitops/expectations/value-paths";
import { type ReleaseName, releases } from "../../gitops/releases";
import type { YamlObject, YamlValue } from "../../gitops/yaml";
import type { ScaleProfile } from "../../lib/layer/environment-schema";
import { clusterFacts, type Placeholders } from "../../modules/argocd/facts";
import type { Decisions } from "../../modules/argocd/platform-decisions";
import { argocd } from "../../modules/argocd/layer";
import { platform } from "../../modules/platform/layer";
import { loadConfig } from "../synth";

/** What an environment file may say of the platform, beside release and scale profile. */
export interface Choice {
  readonly platform?: z.input<typeof platform.settings>;
  readonly certificate?: "lets-encrypt" | "pem";
}

/** What is handed over for a choice, before anything is applied. */
export interface HandOver {
  /** In order, without folder and extension. */
  readonly profiles: readonly string[];
  readonly values: YamlObject;
  /** Secrets that the release's charts read: `namespace/name: keys`. */
  readonly secrets: readonly string[];
}

const placeholders: Placeholders = {
  bucketPrefix: "example-111122223333",
  fileSystemId: "<file system>",
  targetGroupArns: { traefik: "<traefik>", traefikGrpc: "<traefik-grpc>", argocd: "<argocd>" },
  roles: { certManager: "<cert-manager>", observability: "<observability>" },
};

const { environment, settings } = loadConfig();
/** The settings of other layers, as configs/example.yaml has them. */
const others = settings as unknown as Record<"eks" | "vpc" | "route53", never>;
const argocdSettings = argocd.settings.parse({ gitea: { enabled: true } });

/** The settings of the platform for a choice, as they are loaded: a scale profile gives what the file leaves out. */
export function platformSettings(
  release: ReleaseName,
  profile: ScaleProfile,
  { platform: given = {} }: Choice,
): z.output<typeof platform.settings> {
  return platform.settings.parse({ ...platform.scale?.[profile], ...given, release });
}

/** What is handed over for a release, a scale profile and a choice. */
export function handOverOf(release: ReleaseName, profile: ScaleProfile, choice: Choice): HandOver {
  const chosen = platformSettings(release, profile, choice);
  const { route53 } = others;
  const decisions: Decisions = {
    ...{ environment, settings: argocdSettings, platform: chosen },
    ...{ eks: others.eks, vpc: others.vpc },
    route53: choice.certificate === "pem" ? { certificate: pem } : route53,
  };
  const root = rootApplicationValues(clusterFacts(decisions, placeholders));
  const [source] = placedValues(root).flatMap(({ path, value }) =>
    path.at(-1) === "helm" ? [value as { valueFiles: string[]; valuesObject: YamlObject }] : [],
  );
  if (source === undefined) throw new Error("the root application has no values");
  const expected = releases[release].secrets.filter(
    ({ service }) => service === undefined || chosen.services[service],
  );
  return {
    profiles: source.valueFiles.map((file) => /([^/]+)\.yaml$/.exec(file)?.[1] ?? file),
    values: source.valuesObject,
    secrets: expected.map(({ namespace, name, keys }) => `${namespace}/${name}: ${keys.join(", ")}`),
  };
}

const pem = {
  source: "pem",
  certificateFile: "server.crt",
  privateKeyFile: "server.key",
  privateKeyVersion: 1,
} as unknown as Decisions["route53"]["certificate"];

/** A hand-over line by line, each with its kind. */
export function linesOf({ profiles, values, secrets }: HandOver): readonly string[] {
  return [
    ...profiles.map((profile) => `file ${profile}`),
    ...placedValues(values)
      .filter(({ value }) => typeof value !== "object" || value === null)
      .map(({ path, value }) => `value ${path.join(".")}: ${JSON.stringify(value satisfies YamlValue)}`),
    ...secrets.map((secret) => `Secret ${secret}`),
  ];
}

/** What differs, each line with its sign. */
export function differences(base: readonly string[], other: readonly string[]): readonly string[] {
  return [
    ...base.filter((line) => !other.includes(line)).map((line) => `- ${line}`),
    ...other.filter((line) => !base.includes(line)).map((line) => `+ ${line}`),
  ];
}
