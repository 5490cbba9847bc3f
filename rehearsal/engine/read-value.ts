import { isUnknown } from "./unknown";

/** The value if it is a known, non-null string. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The elements of a known list or set; nothing when it is null or unknown. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The members of a known object, map or single nested block; for a list of blocks, those of its first element. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof one !== "object" || one === null || one instanceof Uint8Array || isUnknown(one)) return {};
  // Values of the wire are plain objects once the other kinds are ruled out.
  return one as Readonly<Record<string, unknown>>;
}
