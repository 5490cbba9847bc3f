import type { YamlObject, YamlValue } from "./yaml";

/** Both objects as one, as Helm merges values: maps key by key, of anything else the later one. */
export function merged(first: YamlObject, later: YamlObject): YamlObject {
  const entries = Object.entries(later).map(([key, value]) => {
    const earlier = Object.hasOwn(first, key) ? first[key] : undefined;
    return [key, isMap(earlier) && isMap(value) ? merged(earlier, value) : value] as const;
  });
  return { ...first, ...Object.fromEntries(entries) };
}

function isMap(value: YamlValue | undefined): value is YamlObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
