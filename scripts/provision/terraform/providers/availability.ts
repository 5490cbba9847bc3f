import { z } from "zod";
import { jsonOrUndefined } from "../../run/json";
import type { Run } from "../../run/run";
import type { CliConfig, InstallationMethod } from "./cli-config";
import type { RequiredProvider } from "./required";

/** Node's names for systems and processors in the words of Terraform. */
const systems: Readonly<Record<string, string>> = { win32: "windows", x64: "amd64", ia32: "386" };

type Place = Pick<Run, "world" | "environment">;

/** Whether a provider can be installed; otherwise why not. */
export type Availability = { readonly from: string } | { readonly because: string };

/** Asks every place from which Terraform may install a provider for its version; the first that has it is enough. */
export async function availability(
  run: Place,
  config: CliConfig,
  wanted: { readonly provider: RequiredProvider; readonly signal: AbortSignal },
): Promise<Availability> {
  const methods = (config.methods.length > 0 ? config.methods : implied).filter((method) =>
    includes(method, wanted.provider),
  );
  const reasons: string[] = [];
  for (const method of methods) {
    const because = await missing(run, method, wanted);
    if (because === undefined) return { from: nameOf(method, wanted.provider) };
    reasons.push(because);
  }
  return { because: reasons.join("; ") || `${config.file ?? ""} names no place for it` };
}

/** Without a configuration: https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories */
const implied: readonly InstallationMethod[] = [{ kind: "direct", place: "", include: [], exclude: [] }];

function nameOf({ kind, place }: InstallationMethod, { host }: RequiredProvider): string {
  return kind === "direct" ? host : place;
}

function includes({ include, exclude }: InstallationMethod, provider: RequiredProvider): boolean {
  const fits = (pattern: string) => matches(pattern, provider);
  return (include.length === 0 || include.some(fits)) && !exclude.some(fits);
}

function matches(pattern: string, { host, namespace, type }: RequiredProvider): boolean {
  const [ofType = "", ofNamespace = "hashicorp", ofHost = host] = pattern.split("/").reverse();
  const pairs = [
    [ofHost, host],
    [ofNamespace, namespace],
    [ofType, type],
  ];
  return pairs.every(([wanted, own]) => wanted === "*" || wanted === own);
}

type Wanted = Parameters<typeof availability>[2];

/** Why the provider cannot come from there; undefined if it can. */
async function missing(run: Place, method: InstallationMethod, wanted: Wanted): Promise<string | undefined> {
  if (method.kind === "filesystem_mirror") return missingInFolder(run, method.place, wanted.provider);
  try {
    return method.kind === "network_mirror"
      ? await missingInMirror(run, method.place, wanted)
      : await missingInRegistry(run, wanted);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return `${nameOf(method, wanted.provider)} cannot be reached, ${said === "" ? "nothing answers" : said}`;
  }
}

function platformOf({ world }: Place): readonly [system: string, processor: string] {
  const [system = "", processor = ""] = world.downloads.platform.split("-");
  return [systems[system] ?? system, systems[processor] ?? processor];
}

function missingInFolder(run: Place, folder: string, provider: RequiredProvider): string | undefined {
  const { host, namespace, type, version } = provider;
  const target = platformOf(run).join("_");
  const base = `${folder}/${host}/${namespace}/${type}`;
  const packed = `${base}/terraform-provider-${type}_${version}_${target}.zip`;
  const there = [packed, `${base}/${version}/${target}`].some(
    (path) => run.world.files.kind(path) !== "nothing",
  );
  return there ? undefined : `${folder} has no ${type} ${version} for ${target}`;
}

const index = z.object({ versions: z.record(z.string(), z.unknown()) });

/** https://developer.hashicorp.com/terraform/internals/provider-network-mirror-protocol */
async function missingInMirror(run: Place, url: string, wanted: Wanted): Promise<string | undefined> {
  const { host, namespace, type, version } = wanted.provider;
  const place = `${url.replace(/\/*$/, "/")}${host}/${namespace}/${type}/index.json`;
  const found = index.safeParse(await get(run, place, wanted)).data;
  if (found === undefined) return `${url} has no provider ${namespace}/${type}`;
  return version in found.versions ? undefined : `${url} has no ${type} ${version}`;
}

const discovery = z.object({ "providers.v1": z.string() });
const download = z.object({ download_url: z.string() });

/** https://developer.hashicorp.com/terraform/internals/provider-registry-protocol */
async function missingInRegistry(run: Place, wanted: Wanted): Promise<string | undefined> {
  const { host, namespace, type, version } = wanted.provider;
  const origin = `https://${host}/.well-known/terraform.json`;
  const service = discovery.safeParse(await get(run, origin, wanted)).data;
  if (service === undefined) return `${host} is no registry of providers`;
  const base = new URL(service["providers.v1"].replace(/\/*$/, "/"), origin);
  const place = new URL(`${namespace}/${type}/${version}/download/${platformOf(run).join("/")}`, base);
  const found = download.safeParse(await get(run, place.href, wanted)).data;
  return found === undefined
    ? `${host} has no ${type} ${version} for ${platformOf(run).join("_")}`
    : undefined;
}

/** Undefined for any answer that is no JSON. */
async function get({ world, environment }: Place, url: string, { signal }: Wanted): Promise<unknown> {
  const answer = await world.downloads.get({ url: new URL(url), headers: {}, environment, signal });
  const parts: Uint8Array[] = [];
  for await (const part of answer.body) parts.push(part);
  return answer.status === 200 ? jsonOrUndefined(Buffer.concat(parts).toString()) : undefined;
}
