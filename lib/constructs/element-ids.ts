import { createHash } from "node:crypto";

/**
 * The values of a list with an ID each for their constructs. Different values can have the same ID, since a Terraform name
 * allows fewer characters: the later one then gets a digest of its own, so that neither replaces the other.
 */
export function withIds<Value extends string>(
  values: readonly Value[],
  idOf: (value: Value) => string,
): readonly { readonly value: Value; readonly id: string }[] {
  const taken = new Set<string>();
  return values.map((value) => {
    const short = idOf(value);
    const id = taken.has(short) ? `${short}-${digest(value)}` : short;
    taken.add(id);
    return { value, id };
  });
}

function digest(value: string): string {
  return createHash("sha256").update(value).digest("hex").slice(0, 8);
}
