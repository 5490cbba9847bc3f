import { conform } from "./conform";
import { privateId } from "./identity";
import { isImportedBy } from "./import-formats";
import type { SimulatedProvider } from "./provider";
import { toWire } from "./wire";
import { withoutWriteOnlyVersions } from "./write-only";

/** Imports an object of the simulated cloud by its id, name, ARN or bucket, or as the documentation of its type says. */
export function importObject(provider: SimulatedProvider, type: string, id: string): Record<string, unknown> {
  const { cloud } = provider.parts;
  const object =
    cloud.get(type, id) ?? cloud.list(type).find(({ attributes }) => isImportedBy(type, attributes, id));
  // As the real providers do: what is not there is found missing when it is read.
  const { attributes, id: known } = object ?? { attributes: { id }, id };
  const resourceType = provider.resourceType(type);
  const state = toWire(conform(resourceType.block, withoutWriteOnlyVersions(resourceType, attributes)));
  return { imported_resources: [{ type_name: type, state, private: privateId(known) }] };
}
