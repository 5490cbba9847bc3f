import { isUnknown } from "./unknown";

/** Is this a known object or map, and not a list, bytes or null? */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array) &&
    !isUnknown(value)
  );
}

/** Is the value null, or not there at all? */
export function isUnset(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
