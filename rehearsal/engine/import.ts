import { conform } from "./conform";
import { problem } from "./diagnostic";
import { privateId } from "./identity";
import { isImportedBy } from "./import-formats";
import type { SimulatedProvider } from "./provider";
import { toWire } from "./wire";
import { wireDiagnostics } from "./wire-diagnostics";

/** Imports an object of the simulated cloud by its id, name, ARN or bucket, or as the documentation of its type says. */
export function importObject(provider: SimulatedProvider, type: string, id: string): Record<string, unknown> {
  const { cloud } = provider.parts;
  const object =
    cloud.get(type, id) ?? cloud.list(type).find(({ attributes }) => isImportedBy(type, attributes, id));
  if (!object) {
    const detail = `${type} ${id} is not in the simulated cloud`;
    return { diagnostics: wireDiagnostics([problem("Cannot import non-existent remote object", detail)]) };
  }
  const state = toWire(conform(provider.resourceType(type).block, object.attributes));
  return { imported_resources: [{ type_name: type, state, private: privateId(object.id) }] };
}
