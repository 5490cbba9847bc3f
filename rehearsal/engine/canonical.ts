import type { CtyType } from "../schema/model";
import { isRecord, isUnset } from "./record";
import { isUnknown } from "./unknown";
import { memberOf } from "../schema/records";

/** Text that is equal for equal values: null and absent alike, the order of sets and maps left out. */
export function canonical(type: CtyType, value: unknown): string {
  if (isUnset(value)) return "null";
  if (isUnknown(value)) return "?";
  if (typeof type === "string") return JSON.stringify(value);
  const [kind, inner] = type;
  if (kind === "object" || kind === "map") {
    const record = isRecord(value) ? value : {};
    const names = Object.keys(kind === "object" ? inner : record).sort();
    const typeOf = (name: string): CtyType =>
      kind === "object" ? (memberOf(inner, name) ?? "dynamic") : inner;
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(typeOf(name), memberOf(record, name))}`).join()}}`;
  }
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const elements = list.map((element, index) =>
    canonical(kind === "tuple" ? (inner[index] ?? "dynamic") : inner, element),
  );
  return `[${(kind === "set" ? elements.sort() : elements).join()}]`;
}

/** Do two values say the same? */
export function sameValue(type: CtyType, one: unknown, other: unknown): boolean {
  return canonical(type, one) === canonical(type, other);
}
