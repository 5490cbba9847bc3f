import type { Attributes, Behaviour } from "../engine/behaviour";
import { Dynamic } from "../engine/dynamic";
import type { ProviderDefinition } from "../engine/provider-definition";
import { objectOf, textOf } from "../engine/read-value";
import type { SchemaMark, SchemaOverlay } from "../schema/overlay";
import { uuidFrom } from "../cloud/digest";
import { missingNamespace } from "./namespaces";

/** The simulated Kubernetes provider: every type is an object with metadata, in a namespace that must exist. */
export function kubernetesProvider(): ProviderDefinition {
  return {
    name: "kubernetes",
    legacyTypeSystem: true,
    overlay: { marks: writeOnly, blocks: {} },
    behaviour: (type) => (type === "kubernetes_manifest" ? manifest : object),
    dataSource: () => undefined,
    knowledge: () => undefined,
    checkValues: () => [],
    configure: (_config, { partition, region, account }) => ({
      partition,
      region,
      account,
      defaultTags: {},
      diagnostics: [],
    }),
    fallback,
  };
}

/** https://github.com/hashicorp/terraform-provider-kubernetes/blob/v2.38.0/kubernetes/resource_kubernetes_secret_v1.go */
const writeOnly: SchemaOverlay["marks"] = Object.fromEntries(
  ["kubernetes_secret", "kubernetes_secret_v1"].flatMap((type) =>
    ["data", "binary_data"].flatMap((name): [string, SchemaMark][] => [
      [`${type}.${name}`, { sensitive: true }],
      [`${type}.${name}_wo`, { write_only: true }],
    ]),
  ),
);

const object: Behaviour = {
  id: ({ metadata }, context) => {
    const { name, generate_name, namespace } = objectOf(metadata);
    const own = textOf(name) ?? `${textOf(generate_name) ?? ""}${context.hash("name", 5)}`;
    return textOf(namespace) === undefined ? own : `${textOf(namespace) ?? ""}/${own}`;
  },
  check: ({ metadata }, context) => missingNamespace(objectOf(metadata).namespace, context),
  computed: (_planned, { id }) => {
    const [name, namespace] = id.split("/").reverse();
    return { metadata: [{ name, namespace: namespace ?? "" }] };
  },
};

const manifest: Behaviour = {
  id: (planned) => {
    const { apiVersion, kind, metadata } = contentOf(planned);
    const { namespace, name } = objectOf(metadata);
    const parts = [`apiVersion=${textOf(apiVersion) ?? ""}`, `kind=${textOf(kind) ?? ""}`];
    if (textOf(namespace) !== undefined) parts.push(`namespace=${textOf(namespace) ?? ""}`);
    return [...parts, `name=${textOf(name) ?? ""}`].join(",");
  },
  check: (planned, context) => missingNamespace(objectOf(contentOf(planned).metadata).namespace, context),
  computed: (planned) => ({ object: planned.manifest }),
};

/** What a manifest says; its value carries its own type with it. */
function contentOf(attributes: Readonly<Attributes>): Readonly<Record<string, unknown>> {
  const value = attributes.manifest;
  // On the wire it is a Dynamic; in a file of the simulated cloud, the JSON of one.
  return objectOf(value instanceof Dynamic ? value.value : (objectOf(value).value ?? value));
}

const fallback: ProviderDefinition["fallback"] = ({ name, type }, context) => {
  if (name === "uid") return uuidFrom(context.hash("uid", 32));
  if (name === "resource_version") return "1000";
  if (name === "generation") return 1;
  if (type === "bool") return false;
  if (type === "number") return 0;
  if (type === "dynamic") return null;
  if (typeof type !== "string") return { list: [], set: [], map: {}, tuple: [], object: null }[type[0]];
  return name === "id" ? context.id : "";
};
