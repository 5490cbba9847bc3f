import type { Block, SynthesisedLayer } from "../../synth";
import type { KubernetesObject } from "./api";

/** What stands for a value that Terraform computes. */
const computed = "computed";

/** How an API names the kinds that the layer creates one by one, by Terraform's type. */
const kinds: Readonly<Record<string, readonly [apiVersion: string, kind: string]>> = {
  kubernetes_namespace_v1: ["v1", "Namespace"],
  kubernetes_secret_v1: ["v1", "Secret"],
  kubernetes_service_account_v1: ["v1", "ServiceAccount"],
  kubernetes_config_map_v1: ["v1", "ConfigMap"],
  kubernetes_storage_class_v1: ["storage.k8s.io/v1", "StorageClass"],
};

/** Arguments that direct Terraform or the provider, and are no fields of the object. */
const directions = ["//", "depends_on", "data_wo_revision", "lifecycle", "wait_for_service_account_token"];
/** Arguments with another name than their field. */
const renamed: Readonly<Record<string, string>> = {
  storage_provisioner: "provisioner",
  data_wo: "stringData",
  default_secret_name: "",
};
/** Fields whose keys are data. */
const maps = ["labels", "annotations", "parameters", "data", "stringData"];

/** The objects that a layer creates through the Kubernetes provider, namespaces first. */
export function kubernetesObjects({ json }: SynthesisedLayer): readonly KubernetesObject[] {
  const types = Object.keys(json.resource ?? {}).filter((type) => type.startsWith("kubernetes_"));
  const objects = types.flatMap((type) => {
    const names = kinds[type];
    if (names === undefined) throw new Error(`Name the API of ${type} in layer-objects.ts`);
    const [apiVersion, kind] = names;
    return Object.values(json.resource?.[type] ?? {}).map((block) => ({
      apiVersion,
      kind,
      // Its fields are those of the block.
      ...(fieldsOf(block) as { readonly metadata: { readonly name: string } }),
    }));
  });
  return objects.toSorted((a, b) => Number(b.kind === "Namespace") - Number(a.kind === "Namespace"));
}

function fieldsOf(block: Block): Readonly<Record<string, unknown>> {
  const entries = Object.entries(block).filter(([name]) => !directions.includes(name));
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const field = renamed[name] ?? name.replace(/_(.)/g, (_all, letter: string) => letter.toUpperCase());
      return [field, maps.includes(field) ? withoutExpressions(value) : valueOf(value)];
    }),
  );
}

function valueOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(valueOf);
  // An object of JSON.
  if (typeof value === "object" && value !== null) return fieldsOf(value as Block);
  return withoutExpressions(value);
}

/** The same value with something in the place of each of Terraform's expressions. */
export function withoutExpressions(value: unknown): unknown {
  // What was written as JSON is read as JSON.
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
    typeof part === "string" ? part.replace(expression, computed) : part,
  ) as unknown;
}

/** An expression of Terraform in a text, with braces of its own three deep at most. */
const expression = /\$\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\}/g;
