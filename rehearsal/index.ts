import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { providerDefinition } from "./behaviours/providers";
import { openCloud } from "./cloud/file-cloud";
import { plantSeeds, type Seed } from "./cloud/seeds";
import type { Faults } from "./engine/settings";
import { layOutMirror, type MirroredProvider } from "./mirror";
import { buildProgram, providerProgram } from "./program";
import { prepareSchemas } from "./schema/prepare";
import { providerPackage } from "./schema/provider-package";
import { serviceHosts } from "./state/addressing";
import { startStandIn } from "./state/stand-in";

/** What a rehearsal is given. */
export interface RehearsalOptions {
  /** Folder of this rehearsal: simulated cloud, state, mirror, CLI configuration. Kept between runs. */
  readonly directory: string;
  /** What exists beforehand in the simulated account, e.g. a parent hosted zone. */
  readonly seeds?: readonly Seed[];
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly faults?: Faults;
  /**
   * Keep in the simulated cloud what is handed over write-only, as a service does. Otherwise it is kept nowhere: what a
   * rehearsal is given may be real.
   */
  readonly keepWriteOnly?: boolean;
}

/** A rehearsal that Terraform can be run in. */
export interface Rehearsal {
  /** What Terraform's environment must hold; no other AWS_* or TF_* variable may reach Terraform. */
  readonly environment: Readonly<Record<string, string>>;
  /** What exists in the simulated cloud, without the seeds. */
  objects(): readonly RehearsedObject[];
  /** Locks on states that exist now, as "bucket/key". */
  lockFiles(): readonly string[];
  stop(): Promise<void>;
}

interface RehearsedObject {
  readonly provider: string;
  readonly type: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** What was handed over write-only; undefined unless the rehearsal keeps that. */
  readonly writeOnly: Readonly<Record<string, unknown>> | undefined;
}

const providerNames = ["aws", "kubernetes", "helm"] as const;

/** Starts a rehearsal: simulated providers for the unmodified Terraform binary, and a stand-in for S3 and STS. */
export async function startRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const { account, region, partition, seeds = [], faults = {}, keepWriteOnly = false } = options;
  const directory = resolve(options.directory);
  mkdirSync(directory, { recursive: true });
  const settings = { account, region, partition, faults, keepWriteOnly };
  writeFileSync(join(directory, "settings.json"), JSON.stringify(settings));
  plantSeeds(directory, seeds, settings);
  const program = join(buildProgram(), providerProgram);
  const providers = providerNames.map((name) => mirroredProvider(name, program, directory));
  const configuration = layOutMirror(directory, providers);
  const { refuseLock = false } = faults;
  const standIn = await startStandIn({ directory, account, partition, refuseLock });
  return {
    environment: terraformEnvironment({ configuration, region, proxy: standIn.url, directory }),
    objects: () => providerNames.flatMap((name) => objectsOf(directory, name)),
    lockFiles: () => standIn.lockFiles(),
    stop: () => standIn.stop(),
  };
}

function mirroredProvider(
  name: (typeof providerNames)[number],
  program: string,
  directory: string,
): MirroredProvider {
  const bindings = providerPackage(name);
  const { overlay } = providerDefinition(name);
  const schemas = prepareSchemas({ name, bindings, overlay, nestedAttributes: name === "helm" });
  const { address, providerVersion: version } = bindings;
  return { address, version, program: [program, name, directory, schemas] };
}

function objectsOf(directory: string, provider: string): RehearsedObject[] {
  return openCloud(directory, provider)
    .all()
    .filter(({ seed }) => !seed)
    .map(({ type, id, attributes, writeOnly }) => ({ provider, type, id, attributes, writeOnly }));
}

interface TerraformInputs {
  readonly configuration: string;
  readonly region: string;
  readonly proxy: string;
  readonly directory: string;
}

function terraformEnvironment(inputs: TerraformInputs): Record<string, string> {
  const nowhere = join(inputs.directory, "no-such-file");
  return {
    TF_CLI_CONFIG_FILE: inputs.configuration,
    CHECKPOINT_DISABLE: "1",
    AWS_REGION: inputs.region,
    AWS_ACCESS_KEY_ID: "REHEARSAL",
    AWS_SECRET_ACCESS_KEY: "rehearsal",
    // A profile of the user's must not decide anything.
    AWS_CONFIG_FILE: nowhere,
    AWS_SHARED_CREDENTIALS_FILE: nowhere,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ENDPOINT_URL_S3: `http://${serviceHosts.s3}`,
    AWS_ENDPOINT_URL_STS: `http://${serviceHosts.sts}`,
    ...proxyEnvironment(inputs.proxy),
  };
}

/**
 * Names of buckets become host names, which a proxy need not resolve: backends need no `use_path_style`.
 * Go reads both spellings and takes the first that is not empty.
 */
function proxyEnvironment(proxy: string): Record<string, string> {
  return {
    HTTP_PROXY: proxy,
    HTTPS_PROXY: proxy,
    NO_PROXY: "",
    http_proxy: proxy,
    https_proxy: proxy,
    no_proxy: "",
  };
}
