import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { providerDefinition } from "./behaviours/providers";
import { openCloud } from "./cloud/file-cloud";
import { handlersOf } from "./engine/handlers";
import { SimulatedProvider } from "./engine/provider";
import type { Settings } from "./engine/settings";
import { serveProvider } from "./protocol/provider-server";
import type { Handlers } from "./protocol/tfplugin";
import type { NamesInUse } from "./schema/names-in-use";
import { prepareSchemas } from "./schema/prepare";
import { providerPackage } from "./schema/provider-package";
import { openSchemas } from "./schema/schema-store";
import { ServedSchemas } from "./schema/served-schemas";

export const providerNames = ["aws", "kubernetes", "helm"] as const;

/** What the simulated providers of one rehearsal share. */
export interface ProviderOptions {
  /** Folder of the rehearsal. */
  readonly directory: string;
  readonly settings: Settings;
  /** What Terraform receives the schemas of; everything when it is undefined. */
  readonly names: NamesInUse | undefined;
  /** Folder for schemas; see `prepareSchemas`. */
  readonly cache: string | undefined;
}

/** Simulated providers that are up. */
export interface RunningProviders {
  /** Value of TF_REATTACH_PROVIDERS, by which Terraform uses them instead of installing and starting any. */
  readonly reattach: string;
  stop(): Promise<void>;
}

/** OpenTofu takes the same short names from its own registry. */
const registries = ["registry.terraform.io", "registry.opentofu.org"];

/** Starts the simulated providers inside this process. */
export async function startProviders(options: ProviderOptions): Promise<RunningProviders> {
  // Not in the folder of the rehearsal: the path of a socket may have some hundred characters only.
  const sockets = mkdtempSync(join(tmpdir(), "tf-"));
  const servers = await Promise.all(providerNames.map((name) => startProvider(name, sockets, options)));
  return {
    reattach: JSON.stringify(Object.fromEntries(servers.flatMap(({ addresses }) => addresses))),
    stop: async () => {
      await Promise.all(servers.map(({ stop }) => stop()));
      rmSync(sockets, { recursive: true, force: true });
    },
  };
}

async function startProvider(
  name: (typeof providerNames)[number],
  sockets: string,
  options: ProviderOptions,
) {
  const server = await serveProvider(join(sockets, name), simulatedProvider(name, options));
  const [, namespace = ""] = providerPackage(name).address.split("/");
  const addresses = registries.map((registry) => [
    `${registry}/${namespace}/${name}`,
    reattached(server.socket),
  ]);
  return { addresses, stop: () => server.stop() };
}

/** Makes the handlers of a simulated provider, anew for each configuration of it. */
export function simulatedProvider(
  name: (typeof providerNames)[number],
  { directory, settings, names, cache }: ProviderOptions,
): () => Handlers {
  const definition = providerDefinition(name);
  const bindings = providerPackage(name);
  const { overlay } = definition;
  const stored = prepareSchemas({ name, bindings, overlay, nestedAttributes: name === "helm", cache });
  const unrolled = new Set(Object.keys(overlay?.blocks ?? {}).map((path) => path.split(".")[0] ?? path));
  const schemas = new ServedSchemas(openSchemas(stored), { prefix: `${name}_`, unrolled }, names);
  const cloud = openCloud(directory, name);
  return () => handlersOf(new SimulatedProvider({ definition, schemas, cloud, settings }));
}

/** In go-plugin's form; `Test` says that Terraform must not end the process when it is done. */
function reattached(socket: string): object {
  const address = { Network: "unix", String: socket };
  return { Protocol: "grpc", ProtocolVersion: 6, Pid: process.pid, Test: true, Addr: address };
}
