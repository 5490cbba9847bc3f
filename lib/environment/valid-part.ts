import { z } from "zod";
import { onlyValid } from "../layer/waiting-rules";
import { suggestion } from "../suggestions";
import { isMap, ownValue } from "./value-at";

/** `any`: a list or map also counts as valid when only it as a whole is refused, e.g. for having too many items. */
export type Wholes = "valid" | "any";

type Schema = z.core.$ZodType;

interface Part {
  readonly name: string;
  /** Undefined when nothing in it is valid. */
  readonly found: { readonly value: unknown } | undefined;
}

/** The settings of a map, as far as they are valid at any depth; what a misspelt one was meant to be is not known. */
export function validPart(schema: z.ZodType, given: unknown, wholes: Wholes = "valid"): object {
  const shape: Readonly<Record<string, z.ZodType>> = schema instanceof z.ZodObject ? schema.shape : {};
  const names = Object.keys(shape);
  const unknown = isMap(given) ? Object.keys(given).filter((key) => !names.includes(key)) : [];
  const misspelt = new Set(unknown.map((key) => suggestion(key, names)));
  return assembled(
    Object.entries(shape).map(([name, setting]) => {
      const readable = isMap(given) && !misspelt.has(name);
      return { name, found: readable ? partOf(setting, ownValue(given, name), wholes) : undefined };
    }),
  );
}

function partOf(schema: Schema, given: unknown, wholes: Wholes): Part["found"] {
  const result = z.safeParse(schema, given);
  if (result.success) return { value: result.data };
  const inner = withoutDefault(schema);
  // What is refused as a whole may have valid parts, and still not be what a rule of a layer expects.
  if (wholes === "valid" && (inner._zod.def.checks ?? []).length > 0) return undefined;
  if (inner instanceof z.ZodArray && Array.isArray(given)) return { value: listPart(inner, given, wholes) };
  if (!isMap(given)) return undefined;
  if (inner instanceof z.ZodObject) return { value: validPart(inner, given, wholes) };
  return inner instanceof z.ZodRecord ? { value: recordPart(inner, given, wholes) } : undefined;
}

function withoutDefault(schema: Schema): Schema {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional
    ? withoutDefault(schema.def.innerType)
    : schema;
}

function listPart({ element }: z.ZodArray, given: readonly unknown[], wholes: Wholes): object {
  const found = given.map((item) => partOf(element, item, wholes));
  return onlyValid(
    found.map((item) => item?.value),
    [...found.keys()].filter((index) => found[index] === undefined),
  );
}

function recordPart(schema: z.ZodRecord, given: object, wholes: Wholes): object {
  const parts = Object.entries(given).map(([name, value]) => {
    const named = z.safeParse(schema.keyType, name).success;
    return { name, found: named ? partOf(schema.valueType, value, wholes) : undefined };
  });
  return assembled(parts);
}

function assembled(parts: readonly Part[]): object {
  const valid = parts.flatMap(({ name, found }) =>
    found?.value === undefined ? [] : [[name, found.value] as const],
  );
  const invalid = parts.filter(({ found }) => found === undefined).map(({ name }) => name);
  return onlyValid(Object.fromEntries(valid), invalid);
}
