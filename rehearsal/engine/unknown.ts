class Unknown {
  toJSON(): string {
    return "(known after apply)";
  }
}

/** The value that Terraform calls "known after apply". */
export const unknownValue: object = new Unknown();

/** Is this value itself unknown? */
export function isUnknown(value: unknown): boolean {
  return value instanceof Unknown;
}

/** Is this value, or anything inside it, unknown? */
export function containsUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  if (Array.isArray(value)) return value.some(containsUnknown);
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return false;
  return Object.values(value).some(containsUnknown);
}
