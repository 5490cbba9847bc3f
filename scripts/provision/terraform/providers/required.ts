import { z } from "zod";
import type { LayerJson } from "../../../../synthesis/environment";
import type { Run } from "../../run/run";
import type { Files } from "../../world/index";
import { registryOf } from "./registry-host";

/** A provider that a layer requires, as Terraform locks it. */
export interface RequiredProvider {
  /** Of the registry, e.g. `registry.terraform.io`. */
  readonly host: string;
  readonly namespace: string;
  readonly type: string;
  readonly version: string;
  /** `host/namespace/type/version`, as in mirrors and in a layer's folder. */
  readonly path: string;
}

const shape = z.object({
  required_providers: z.record(z.string(), z.object({ source: z.string(), version: z.string() })).optional(),
});

/** The providers of a layer; layers pin exact versions. */
export function requiredProviders(
  { terraform = {} }: LayerJson,
  run: Pick<Run, "program">,
): readonly RequiredProvider[] {
  const { required_providers: required = {} } = shape.parse(terraform);
  return Object.values(required).map(({ source, version }) => {
    const [type = "", namespace = "hashicorp", host = registryOf(run)] = source.split("/").reverse();
    return { host, namespace, type, version, path: `${host}/${namespace}/${type}/${version}` };
  });
}

/** The providers that an earlier `init` has installed in a layer's folder, by their paths. */
export function installedProviders(files: Pick<Files, "list">, folder: string): ReadonlySet<string> {
  const found = files.list(`${folder}/.terraform/providers`);
  return new Set(found.map((path) => path.split("/").slice(0, 4).join("/")));
}
