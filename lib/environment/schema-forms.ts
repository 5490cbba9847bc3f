import { z } from "zod";

type Schema = z.core.$ZodType;

const wrappers = [z.ZodDefault, z.ZodPrefault, z.ZodOptional, z.ZodNullable, z.ZodReadonly, z.ZodCatch];

/** The schemas of the same value that a schema consists of; undefined for one that says itself what the value is. */
export function formsOf(schema: Schema): readonly Schema[] | undefined {
  if (schema instanceof z.ZodUnion) return schema.options;
  if (schema instanceof z.ZodIntersection) return [schema.def.left, schema.def.right];
  if (schema instanceof z.ZodLazy) return [schema.def.getter()];
  // The value of the file has the form of the first, or, after a preprocessing that lets it be, of the second.
  if (schema instanceof z.ZodPipe) return [schema.def.in, schema.def.out];
  const isWrapper = wrappers.some((wrapper) => schema instanceof wrapper);
  // Every wrapper has an inner type.
  return isWrapper ? [(schema as z.ZodOptional).def.innerType] : undefined;
}

/** The schema of one key of a map. */
export function settingOf(schema: Schema, name: string): Schema | undefined {
  if (schema instanceof z.ZodRecord) return schema.def.valueType;
  if (!(schema instanceof z.ZodObject)) return undefined;
  const shape: Readonly<Record<string, Schema>> = schema.shape;
  return Object.hasOwn(shape, name) ? shape[name] : schema.def.catchall;
}
