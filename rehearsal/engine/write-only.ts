import type { Attributes } from "./behaviour";
import { isUnset } from "./record";
import type { ResourceType } from "./resource-type";

/** Keeps write-only arguments beside their object in the simulated cloud, where no provider looks for it. */
export function keepWriteOnly({ name, block, context }: ResourceType, id: string, config: Attributes): void {
  const given = Object.entries(config).filter(
    ([attribute, value]) => block.attributes[attribute]?.write_only && !isUnset(value),
  );
  const { cloud } = context(id);
  const object = cloud.get(name, id);
  if (object && given.length > 0) cloud.put({ ...object, writeOnly: Object.fromEntries(given) });
}
