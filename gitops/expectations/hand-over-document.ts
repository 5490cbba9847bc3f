import { createHash } from "node:crypto";
import { releases } from "../releases";
import type { Environment } from "../../lib/layer/environment-schema";
import type { SynthesisedJson } from "../../synthesis/environment";
import type { Kind, Provision } from "./expectation";
import { type AppliedOutputs, knownValues } from "./known-values";
import type { HandedOver } from "./provided/handed-over";
import { chartValues } from "./provided/chart-values";
import { thirdPartyHandedOver } from "../third-party/handed-over";
import { provisionsOf } from "./provided/index";

/** What a hand-over is made of. */
interface HandOverSources {
  readonly synthesised: SynthesisedJson;
  readonly handedOver: HandedOver;
  readonly environment: Environment;
  readonly platform: { readonly release: string; readonly services: Readonly<Record<string, boolean>> };
  readonly outputs: AppliedOutputs;
}

/**
 * What an environment hands over to the platform: the same that `verify-gitops` compares. Of Secrets, it has names and keys. The
 * digest is that of the rest as JSON without spaces and with sorted keys, so that two documents are compared by it.
 */
export function handOverDocument({
  synthesised,
  handedOver,
  environment,
  platform,
  outputs,
}: HandOverSources) {
  const { name, account, region, partition, scaleProfile } = environment;
  const { names, repository, path, valueFiles } = handedOver;
  const provided = provisionsOf(synthesised, names);
  const document = {
    version: 1,
    environment: { name, account, partition, region, domain: names.domain, scaleProfile },
    platform: {
      release: platform.release,
      tag: Object.entries(releases).find(([release]) => release === platform.release)?.[1].tag ?? null,
      services: platform.services,
    },
    repository: { ...repository, path },
    valueFiles,
    ...knownValues(handedOver, outputs),
    applications: thirdPartyHandedOver(chartValues(synthesised).map(({ values }) => values)),
    facts: factsOf(provided, names.domain),
    secrets: secretsOf(provided),
  };
  return { ...document, digest: digestOf(document) };
}

/** The document of a hand-over. */
export type HandOverDocument = ReturnType<typeof handOverDocument>;

function factsOf(provided: readonly Provision[], domain: string) {
  const named = (kind: Kind) => [...new Set(of(provided, kind).map(({ name }) => name))].sort();
  const keyed = (kind: Kind) =>
    Object.fromEntries(named(kind).map((name) => [name, keysOf(of(provided, kind), name)]));
  return {
    hosts: named("host").map((host) => (host === "" ? domain : `${host}.${domain}`)),
    certificates: named("certificate"),
    roles: named("role"),
    podRoles: keyed("pod-role"),
    buckets: named("bucket"),
    kmsAliases: named("kms-alias"),
    namespaces: named("namespace"),
    serviceAccounts: named("service-account"),
    storageClasses: named("storage-class"),
    nodeLabels: named("node-label"),
    targetPorts: keyed("target-port"),
  };
}

function secretsOf(provided: readonly Provision[]) {
  const secrets = of(provided, "secret");
  return [...new Set(secrets.map(({ name }) => name))].sort().map((placed) => {
    const [namespace = "", name = ""] = placed.split("/");
    return { namespace, name, keys: keysOf(secrets, placed) };
  });
}

function of(provided: readonly Provision[], wanted: Kind): readonly Provision[] {
  return provided.filter(({ kind }) => kind === wanted);
}

function keysOf(provided: readonly Provision[], wanted: string): readonly string[] {
  const keys = provided.flatMap(({ name, keys: own = [] }) => (name === wanted ? own : []));
  return [...new Set(keys)].sort();
}

function digestOf(document: object): string {
  return `sha256:${createHash("sha256").update(canonical(document)).digest("hex")}`;
}

/** As `jq -cS .` writes it. */
function canonical(document: object): string {
  return JSON.stringify(document, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
