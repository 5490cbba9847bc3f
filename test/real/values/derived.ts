import fc from "fast-check";
import type { JsonSchema } from "../../../lib/environment/schema-outline";
import { type Legal, legal } from "./legal";

/** A setting without parts, as the JSON Schema of environment files has it. */
interface Leaf {
  /** With `*` for a free name, `[]` for an item and `|` for a form. */
  readonly path: string;
  readonly schema: JsonSchema;
}

/** Every setting of an environment file that has no parts. */
export function leavesOf(schema: JsonSchema, path = ""): readonly Leaf[] {
  const forms = schema.anyOf ?? schema.oneOf;
  if (forms !== undefined) return forms.flatMap((form) => leavesOf(form, `${path}|`));
  const { properties, additionalProperties: free, items } = schema;
  if (items !== undefined) return leavesOf(items, `${path}[]`);
  if (properties === undefined && typeof free !== "object") return [{ path, schema }];
  const prefix = path === "" ? "" : `${path}.`;
  return [
    ...Object.entries(properties ?? {}).flatMap(([key, part]) => leavesOf(part, `${prefix}${key}`)),
    ...(typeof free === "object" ? leavesOf(free, `${prefix}*`) : []),
  ];
}

/** Legal values of a setting that has a fixed set of them, or numbers between two bounds; undefined for text. */
export function derived({ path, schema }: Leaf): Legal | undefined {
  // What belongs to a list, a free name or a form is generated together with the rest of it.
  if (/[*[|]/.test(path)) return undefined;
  const values = valuesOf(schema);
  return values === undefined ? undefined : legal([path], () => values.map((value) => [value]));
}

/** Beyond it, a number without an upper bound says nothing new. */
const enough = 3000;

function valuesOf(schema: JsonSchema): fc.Arbitrary<unknown> | undefined {
  if (Array.isArray(schema["enum"]))
    return fc.constantFrom<unknown>(...(schema["enum"] as readonly unknown[]));
  if (schema["type"] === "boolean") return fc.boolean();
  const min = schema["minimum"];
  if (schema["type"] !== "integer" || typeof min !== "number") return undefined;
  const max = typeof schema["maximum"] === "number" ? schema["maximum"] : min + enough;
  return fc.oneof(fc.constant(min), fc.constant(max), fc.integer({ min, max }));
}
