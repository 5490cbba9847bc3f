import type { Path } from "./setting-problem";

/** The value at a path of plain data; undefined when there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((found, segment) => ownValue(found, segment), value);
}

/** The value of a key, never what every object has, such as `constructor`. */
export function ownValue(value: unknown, key: string | number): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  const isOwn = Object.prototype.propertyIsEnumerable.call(value, key);
  return isOwn ? (value as Readonly<Record<string | number, unknown>>)[key] : undefined;
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
