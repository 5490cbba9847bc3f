import { z } from "zod";
import { repeatable } from "../layer/sameness";
import type { Path } from "./setting-problem";

/** JSON Schema as zod writes it, reduced to what is read here. */
export interface JsonSchema {
  [keyword: string]: unknown;
  readonly description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** What a file may write, as JSON Schema in the dialect most editors know. */
export function inputJsonSchema(schema: z.ZodType): JsonSchema {
  const converted = z.toJSONSchema(schema, {
    io: "input",
    target: "draft-7",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema instanceof z.ZodArray && !repeatable.has(zodSchema)) jsonSchema.uniqueItems = true;
      // Every whole number has this bound; it adds nothing to the description.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  // Ours names fewer keywords than zod's type; both describe the same object.
  return converted as JsonSchema;
}

/** The names that a schema knows at a path, and what it says about the setting there. */
export function outline(schema: z.ZodType): {
  readonly keysAt: (path: Path) => readonly string[];
  readonly descriptionAt: (path: Path) => string | undefined;
  /** The settings at a path, each with the names of those below it; looked up once for many keys. */
  readonly belowAt: (path: Path) => readonly (readonly [string, ReadonlySet<string>])[];
  /** The forms at a path that have a key. */
  readonly formsWith: (path: Path, key: string) => readonly JsonSchema[];
} {
  const whole = inputJsonSchema(schema);
  const keysAt = (path: Path) => [
    ...new Set(formsAt(whole, path).flatMap(({ properties }) => Object.keys(properties ?? {}))),
  ];
  return {
    keysAt,
    belowAt: (path) => keysAt(path).map((name) => [name, new Set(keysAt([...path, name]))]),
    formsWith: (path, key) => formsAt(whole, path).filter((form) => ownProperty(form, key) !== undefined),
    descriptionAt: (path) => formsAt(whole, path).find(({ description }) => description)?.description,
  };
}

/** Every form that a setting may take; more than one below a union. */
function formsAt(schema: JsonSchema, path: Path): readonly JsonSchema[] {
  const forms = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  const [segment, ...rest] = path;
  if (segment === undefined) return forms;
  return forms.flatMap((form) => {
    const next = typeof segment === "number" ? form.items : ownProperty(form, segment);
    const open = typeof form.additionalProperties === "object" ? form.additionalProperties : undefined;
    const found = next ?? open;
    return found === undefined ? [] : formsAt(found, rest);
  });
}

/** Never what every object has, such as `constructor`. */
function ownProperty({ properties = {} }: JsonSchema, name: string): JsonSchema | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}
