import { providerDefinition } from "../../../rehearsal/behaviours/providers";
import { providerNames } from "../../../rehearsal/providers";
import type { Block } from "../../../rehearsal/schema/model";
import { prepareSchemas } from "../../../rehearsal/schema/prepare";
import { providerPackage } from "../../../rehearsal/schema/provider-package";
import { openSchemas, type SchemaStore } from "../../../rehearsal/schema/schema-store";

const stores = new Map<string, SchemaStore>();

/** The arguments and blocks of a type; undefined for one of Terraform itself. */
export function schemaOf(kind: "resource" | "data" | "ephemeral", type: string): Block | undefined {
  const name = providerNames.find((provider) => type.startsWith(`${provider}_`));
  if (name === undefined) return undefined;
  const store = stores.get(name) ?? open(name);
  stores.set(name, store);
  const reads = { resource: store.resource, data: store.dataSource, ephemeral: store.ephemeralResource };
  return reads[kind](type).block;
}

function open(name: (typeof providerNames)[number]): SchemaStore {
  const { overlay } = providerDefinition(name);
  const bindings = providerPackage(name);
  return openSchemas(prepareSchemas({ name, bindings, overlay, nestedAttributes: name === "helm" }));
}
