import type { Cloud } from "./cloud";
import type { ProviderDefinition } from "./provider-definition";
import { isRecord } from "./record";

/** Names of objects that a configuration refers to by id and that do not exist. */
export function danglingReferences(definition: ProviderDefinition, cloud: Cloud, value: unknown): string[] {
  const missing = new Set<string>();
  for (const text of strings(value)) {
    const target = definition.reference?.(text);
    if (target && !cloud.get(target.type, target.id)) missing.add(`${target.type} ${target.id}`);
  }
  return [...missing];
}

/** Why an object cannot go: others still name its id. */
export function dependencyViolation(
  definition: ProviderDefinition,
  cloud: Cloud,
  { type, id }: { type: string; id: string },
): string | undefined {
  if (definition.reference?.(id)?.type !== type) return undefined;
  const users = cloud
    .all()
    .filter((object) => !(object.type === type && object.id === id) && object.owner !== `${type} ${id}`)
    .filter((object) => JSON.stringify(object.attributes).includes(`"${id}"`))
    .map((object) => `${object.type} ${object.id}`);
  return users.length > 0
    ? `DependencyViolation: ${id} is still used by ${users.slice(0, 5).join(", ")}`
    : undefined;
}

function* strings(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (Array.isArray(value)) for (const element of value) yield* strings(element);
  else if (isRecord(value)) for (const member of Object.values(value)) yield* strings(member);
}
