import type { NestedBlock } from "../schema/model";
import { isRecord, isUnset } from "./record";
import { isUnknown } from "./unknown";
import { mapValues, memberOf } from "../schema/records";

/** Changes each element of a nested block's value; `key` is its place in a list or map, undefined in a set or alone. */
export function mapElements(
  mode: NestedBlock["nesting_mode"],
  value: unknown,
  change: (element: unknown, key: string | number | undefined) => unknown,
): unknown {
  if (isUnset(value) || isUnknown(value)) return value;
  if (Array.isArray(value))
    return value.map((element, index) => change(element, mode === "list" ? index : undefined));
  if (mode === "map" && isRecord(value)) return mapValues(value, (element, key) => change(element, key));
  return change(value, undefined);
}

/** The element of an earlier value at the same place. */
export function elementAt(value: unknown, key: string | number | undefined): unknown {
  if (key === undefined) return Array.isArray(value) ? undefined : value;
  if (typeof key === "number") return Array.isArray(value) ? value[key] : undefined;
  return isRecord(value) ? memberOf(value, key) : undefined;
}
