import { fileSettings } from "./fields";
import type { AnyLayer } from "../layer/layer";
import { inputJsonSchema, type JsonSchema } from "./schema-outline";

/** The JSON Schema of environment files, for editors: completion, descriptions, mistakes while typing. */
export function environmentJsonSchema(layers: readonly AnyLayer[]): JsonSchema {
  const { $schema, ...environment } = inputJsonSchema(fileSettings);
  const settings = layers.map((layer) => [layer.name, layerSchema(layer)] as const);
  const required = settings.filter(([, schema]) => (schema.required ?? []).length > 0).map(([name]) => name);
  const layersSchema = {
    description: "Settings by layer; a layer that is not named keeps its defaults",
    type: "object",
    properties: Object.fromEntries(settings),
    ...needed(required),
    // A layer that an extension brings is not known here.
    additionalProperties: true,
  };
  return {
    $schema,
    title: "Environment",
    ...environment,
    properties: { ...environment.properties, layers: layersSchema },
    ...needed([...(environment.required ?? []), ...(required.length > 0 ? ["layers"] : [])]),
  };
}

function layerSchema(layer: AnyLayer): JsonSchema {
  const schema = inputJsonSchema(layer.settings);
  delete schema["$schema"];
  const profiles = Object.values(layer.scale ?? {});
  return { description: layer.summary, ...relaxed(schema, profiles) };
}

/** The schema without the requirements that every scale profile meets, at any depth. */
function relaxed(schema: JsonSchema, profiles: readonly unknown[]): JsonSchema {
  const { required, properties, ...rest } = schema;
  const shared = sharedKeys(profiles);
  const known = { ...sharedEntries(schema, shared), ...properties };
  const inner = Object.entries(known).map(
    ([name, property]) =>
      [name, shared.has(name) ? relaxed(property, each(profiles, name)) : property] as const,
  );
  return {
    ...rest,
    ...(inner.length === 0 ? {} : { properties: Object.fromEntries(inner) }),
    ...needed((required ?? []).filter((name) => !shared.has(name))),
  };
}

/** In a map with free keys: those that every profile fills, so that a file may change one value of them. */
function sharedEntries(
  { additionalProperties }: JsonSchema,
  shared: ReadonlySet<string>,
): Readonly<Record<string, JsonSchema>> {
  if (typeof additionalProperties !== "object") return {};
  const description = "Brought by the scale profile; a file may change single values";
  return Object.fromEntries([...shared].map((name) => [name, { description, ...additionalProperties }]));
}

function sharedKeys(profiles: readonly unknown[]): ReadonlySet<string> {
  const [first, ...others] = profiles.map((profile) => Object.keys(profile ?? {}));
  return new Set((first ?? []).filter((key) => others.every((keys) => keys.includes(key))));
}

function each(profiles: readonly unknown[], name: string): readonly unknown[] {
  return profiles.map((profile) => new Map<string, unknown>(Object.entries(profile ?? {})).get(name));
}

function needed(names: readonly string[]): { required?: string[] } {
  return names.length === 0 ? {} : { required: [...names] };
}
