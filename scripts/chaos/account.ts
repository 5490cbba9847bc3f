import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accountVariables } from "../../rehearsal/account-variables";
import { openBuckets, openCloud } from "../../rehearsal/cloud/file-cloud";
import { plantSeeds, type Seed } from "../../rehearsal/cloud/seeds";
import type { CloudObject } from "../../rehearsal/engine/cloud";
import { providerNames } from "../../rehearsal/providers";
import { startStandIn } from "../../rehearsal/state/stand-in";
import { answerAws } from "./aws-answers";
import { placeVariable, type ProviderPlace } from "./provider/place";
import { startStorage, type Storage } from "./storage";

/** The simulated account of one run, outside of everything that the run can take down. */
export interface Account {
  /** What `provision` and Terraform need to reach it, as an operator's variables reach AWS. */
  readonly variables: Readonly<Record<string, string>>;
  readonly storage: Storage;
  /** Every object, but for those that existed beforehand, and versions of secrets that a later one has taken the place of. */
  objects(): readonly CloudObject[];
  /** What the buckets hold, by `bucket/key`. */
  stored(): ReadonlyMap<string, string>;
  /** How much has happened so far. */
  ticks(): Ticks;
  /** From now on, providers that start wait so long after each change. */
  setReadyMs(milliseconds: number): void;
  stop(): Promise<void>;
}

/** How much has happened in an account: objects that came or went, and requests to buckets. */
export interface Ticks {
  readonly objects: number;
  readonly requests: number;
}

/** Whose it is. */
export interface Owner {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

/** Opens the account in `folder`, whose `work` is where `provision` runs; `mirror` is the CLI configuration of its providers. */
export async function openAccount(
  folder: string,
  {
    owner,
    mirror,
    seeds,
  }: { readonly owner: Owner; readonly mirror: string; readonly seeds: readonly Seed[] },
): Promise<Account> {
  const directory = join(folder, "account");
  plantSeeds(directory, seeds, { ...owner, faults: {} });
  const place = join(folder, "place.json");
  const setReadyMs = (readyMs: number) => {
    writeFileSync(place, JSON.stringify(placeOf(folder, owner, readyMs)));
  };
  setReadyMs(0);
  const standIn = await startStandIn({ directory, ...owner });
  const buckets = openBuckets(directory);
  const clouds = providerNames.map((name) => openCloud(directory, name));
  const objects = () =>
    withoutEarlierVersions(clouds.flatMap((cloud) => cloud.all()).filter(({ seed }) => seed !== true));
  const storage = await startStorage(standIn.url, (call) => answerAws(call, objects));
  let last = objectCount(directory);
  let moved = 0;
  return {
    variables: {
      ...variablesOf(folder, storage.url, owner),
      TF_CLI_CONFIG_FILE: mirror,
      [placeVariable]: place,
    },
    storage,
    objects,
    stored: () => contentsOf(buckets),
    ticks: () => {
      const now = objectCount(directory);
      moved += Math.abs(now - last);
      last = now;
      return { objects: moved, requests: storage.requests };
    },
    setReadyMs,
    stop: async () => {
      await Promise.all([storage.stop(), standIn.stop()]);
    },
  };
}

/** Secrets Manager deletes them by itself: https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html */
function withoutEarlierVersions(objects: readonly CloudObject[]): readonly CloudObject[] {
  const newest = new Map<unknown, CloudObject>();
  for (const object of objects.filter(isVersion)) {
    const { secret_id: secret } = object.attributes;
    if ((newest.get(secret)?.createdAt ?? "") < object.createdAt) newest.set(secret, object);
  }
  return objects.filter(
    (object) => !isVersion(object) || newest.get(object.attributes["secret_id"]) === object,
  );
}

function isVersion({ type }: CloudObject): boolean {
  return type === "aws_secretsmanager_secret_version";
}

function placeOf(folder: string, owner: Owner, readyMs: number): ProviderPlace {
  return {
    directory: join(folder, "account"),
    settings: { ...owner, faults: { latencyMs: Math.min(readyMs, 20), readyMs } },
  };
}

function contentsOf(buckets: ReturnType<typeof openBuckets>): ReadonlyMap<string, string> {
  const entries = buckets
    .buckets()
    .flatMap((bucket) =>
      buckets.list(bucket).map(({ key, body }) => [`${bucket}/${key}`, body.toString("utf8")] as const),
    );
  return new Map(entries);
}

function objectCount(directory: string): number {
  try {
    const cloud = join(directory, "cloud");
    return readdirSync(cloud).reduce((sum, type) => sum + readdirSync(join(cloud, type)).length, 0);
  } catch {
    // Not before the first object.
    return 0;
  }
}

function variablesOf(folder: string, url: string, { region }: Owner): Record<string, string> {
  return {
    ...accountVariables(folder, region),
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    TF_DISABLE_PLUGIN_TLS: "1",
    AWS_ENDPOINT_URL: url,
    ...Object.fromEntries(
      ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"].map((name) => [name, url]),
    ),
    NO_PROXY: "127.0.0.1",
    no_proxy: "127.0.0.1",
  };
}

/** What has happened between two looks. */
export function since(before: Ticks, now: Ticks): Ticks {
  return { objects: now.objects - before.objects, requests: now.requests - before.requests };
}
