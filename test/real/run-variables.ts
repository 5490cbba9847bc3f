import { randomBytes } from "node:crypto";
import type { LoadedEnvironment } from "../../lib/environment/environment";
import type { AnyLayer } from "../../lib/layer/layer";
import { valueOf } from "../../lib/layer/secret-files";
import type { Variables } from "./terraform";

/** What a layer reads from files at run time, and what is generated for a run, as variables of Terraform. */
export function runVariables(
  layer: AnyLayer,
  { environment, settings }: Pick<LoadedEnvironment, "environment" | "settings">,
  files: Readonly<Record<string, string>>,
): Variables {
  const given = { environment, settings: settings[layer.name] };
  const secrets = Object.entries(layer.secretFiles?.(given) ?? {}).map(
    ([name, source]) => [name, valueOf(source, (path) => files[path] ?? "")] as const,
  );
  const generated = Object.entries(layer.generatedValues?.(given, { now: new Date(), randomBytes }) ?? {});
  return Object.fromEntries([...secrets, ...generated].map(([name, value]) => [`TF_VAR_${name}`, value]));
}
