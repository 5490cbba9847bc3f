import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { accountVariables } from "./account-variables";
import { openCloud } from "./cloud/file-cloud";
import { plantSeeds, type Seed } from "./cloud/seeds";
import type { Faults } from "./engine/settings";
import { providerNames, type RunningProviders, startProviders } from "./providers";
import { NamesInUse } from "./schema/names-in-use";
import { startStandIn } from "./state/stand-in";
import { writeFile } from "./system-error";

/** What a rehearsal is given. */
export interface RehearsalOptions {
  /** Folder of this rehearsal: simulated cloud, state, CLI configuration. Kept between runs. */
  readonly directory: string;
  /** What exists beforehand in the simulated account, e.g. a parent hosted zone. */
  readonly seeds?: readonly Seed[];
  /** Folder for the schemas that are extracted from packages; by default one beside the packages. Kept between rehearsals. */
  readonly cache?: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly faults?: Faults;
  /**
   * Folders with all configurations that will be run, as `*.tf.json` at any depth. Terraform then receives the schemas of
   * the types that they name instead of two thousand, and takes half the time; a module or a `*.tf` file needs all.
   */
  readonly configurations?: readonly string[];
  /**
   * Keep write-only arguments in the simulated cloud, as a service does. Otherwise they are kept nowhere: they may be
   * real.
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
  /** Releases such a lock; its holder must be gone. */
  removeLock(bucket: string, key: string): void;
  /** The text of an object in the simulated S3; undefined if there is none. */
  stored(bucket: string, key: string): string | undefined;
  stop(): Promise<void>;
}

interface RehearsedObject {
  readonly provider: string;
  readonly type: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Write-only arguments; undefined unless the rehearsal keeps that. */
  readonly writeOnly: Readonly<Record<string, unknown>> | undefined;
}

/** Starts a rehearsal: simulated providers for the unmodified Terraform binary, and a stand-in for S3 and STS. */
export async function startRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const { account, region, partition, seeds = [], faults = {}, keepWriteOnly = false } = options;
  const directory = resolve(options.directory);
  mkdirSync(directory, { recursive: true });
  const settings = { account, region, partition, faults, keepWriteOnly };
  plantSeeds(directory, seeds, settings);
  const { configurations, cache } = options;
  const names = configurations && new NamesInUse(configurations, join(directory, "names.json"));
  const { refuseLock = false } = faults;
  const standIn = await startStandIn({ directory, account, partition, refuseLock });
  let providers: RunningProviders | undefined;
  // What listens keeps the process from ending.
  const stop = async () => {
    await Promise.all([standIn.stop(), providers?.stop()]);
  };
  try {
    providers = await startProviders({ directory, settings, names, cache });
    return {
      environment: {
        TF_CLI_CONFIG_FILE: writeCliConfiguration(directory),
        CHECKPOINT_DISABLE: "1",
        ...accountVariables(directory, region),
        ...proxyEnvironment(standIn.url),
        TF_REATTACH_PROVIDERS: providers.reattach,
      },
      objects: () => providerNames.flatMap((name) => objectsOf(directory, name)),
      lockFiles: () => standIn.lockFiles(),
      removeLock: (bucket, key) => {
        standIn.removeLock(bucket, key);
      },
      stored: (bucket, key) => standIn.stored(bucket, key),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function objectsOf(directory: string, provider: string): RehearsedObject[] {
  return openCloud(directory, provider)
    .all()
    .filter(({ seed }) => !seed)
    .map(({ type, id, attributes, writeOnly }) => ({ provider, type, id, attributes, writeOnly }));
}

/** Providers that are not simulated are installed from an empty folder, so from nowhere. */
function writeCliConfiguration(directory: string): string {
  const file = join(directory, "terraform.rc");
  const mirror = join(directory, "no-other-providers");
  mkdirSync(mirror, { recursive: true });
  const path = JSON.stringify(mirror).replaceAll("${", "$${");
  const installation = `provider_installation {\n  filesystem_mirror {\n    path = ${path}\n  }\n}\n`;
  writeFile(file, `${installation}disable_checkpoint = true\n`);
  return file;
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
