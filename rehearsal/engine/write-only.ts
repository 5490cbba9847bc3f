import type { Attributes } from "./behaviour";
import { isRecord, isUnset } from "./record";
import type { ResourceType } from "./resource-type";

/**
 * Keeps what there is to know about write-only arguments beside their object in the simulated cloud, where no provider looks
 * for it: the names in those that are JSON objects, so that an ephemeral resource can give something of the same shape; their
 * values only if the rehearsal keeps them.
 */
export function keepWriteOnly(
  { name, block, context }: ResourceType,
  { id, keepValues }: { readonly id: string; readonly keepValues: boolean },
  config: Attributes,
): void {
  const given = Object.entries(config).filter(
    ([attribute, value]) => block.attributes[attribute]?.write_only && !isUnset(value),
  );
  const { cloud } = context(id);
  const object = cloud.get(name, id);
  if (!object || given.length === 0) return;
  const names = given.flatMap(([attribute, value]) => {
    const found = namesIn(value);
    return found === undefined ? [] : [[attribute, found] as const];
  });
  cloud.put({
    ...object,
    ...(names.length > 0 ? { writeOnlyNames: Object.fromEntries(names) } : {}),
    ...(keepValues ? { writeOnly: Object.fromEntries(given) } : {}),
  });
}

/**
 * Without the numbers by which a configuration says that it has a new write-only value: no service stores them, so providers read none,
 * and an import has none: https://developer.hashicorp.com/terraform/plugin/sdkv2/resources/write-only-arguments
 */
export function withoutWriteOnlyVersions(
  { block }: Pick<ResourceType, "block">,
  attributes: Attributes,
): Attributes {
  const written = Object.keys(block.attributes).filter((name) => block.attributes[name]?.write_only);
  const versions = new Set(written.flatMap((name) => [`${name}_version`, `${name}_revision`]));
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !versions.has(name)));
}

function namesIn(value: unknown): readonly string[] | undefined {
  const parsed = typeof value === "string" ? parsedOrUndefined(value) : value;
  return isRecord(parsed) ? Object.keys(parsed) : undefined;
}

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
