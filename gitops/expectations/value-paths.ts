import type { YamlObject, YamlValue } from "../yaml";

/** A value within the values of a chart, and the keys and indices that lead to it. */
export interface PlacedValue {
  readonly path: readonly string[];
  readonly value: YamlValue;
}

/** Every value, however deep, in the order of the document; a map before what it holds. */
export function placedValues(value: YamlValue, path: readonly string[] = []): readonly PlacedValue[] {
  const deeper = entriesOf(value).flatMap(([key, child]) => placedValues(child, [...path, key]));
  return [{ path, value }, ...deeper];
}

/** What a map or a list holds, by key or index; of other values nothing. */
export function entriesOf(value: YamlValue): readonly (readonly [string, YamlValue])[] {
  if (typeof value !== "object" || value === null) return [];
  // The entries of a list or a map of YAML are such values.
  return Object.entries(value as YamlObject);
}
