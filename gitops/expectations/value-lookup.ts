import type { YamlValue } from "../yaml";
import { entriesOf, type PlacedValue } from "./value-paths";

/** The values below a value at keys with spaces between them, of which `*` is any one. */
export function valuesBelow(value: YamlValue, keys: string): readonly PlacedValue[] {
  let found: readonly PlacedValue[] = [{ path: [], value }];
  for (const wanted of keys.split(" ")) {
    found = found.flatMap((above) =>
      entriesOf(above.value)
        .filter(([key]) => wanted === "*" || key === wanted)
        .map(([key, child]) => ({ path: [...above.path, key], value: child })),
    );
  }
  return found;
}

/** Whether the last keys of a path are these, with spaces between them; `*` is any one key, and the empty text fits all. */
export function endsWith(path: readonly string[], keys: string): boolean {
  if (keys === "") return true;
  const wanted = keys.split(" ");
  if (wanted.length > path.length) return false;
  const last = path.slice(-wanted.length);
  return wanted.every((key, index) => key === "*" || key === last[index]);
}

/** Whether there is a value below a map at keys: this one, or any that is neither empty nor null. */
export function holds(
  value: YamlValue,
  { path, is }: { readonly path: string; readonly is?: YamlValue },
): boolean {
  return valuesBelow(value, path).some((found) =>
    is === undefined ? found.value !== null && found.value !== "" : found.value === is,
  );
}
