import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cached } from "../cache";
import { extractSchemas } from "./extract";
import { applyOverlay, type SchemaOverlay } from "./overlay";
import type { ProviderPackage } from "./provider-package";
import { writeSchemas } from "./schema-store";

/** What one provider's schemas are made from. */
export interface SchemaOrigin {
  readonly name: string;
  readonly bindings: ProviderPackage;
  readonly overlay?: SchemaOverlay | undefined;
  /** The provider speaks protocol 6 with nested attributes. */
  readonly nestedAttributes: boolean;
}

/** The folder with a provider's schemas, extracted from its package when that has not happened before. */
export function prepareSchemas({ name, bindings, overlay, nestedAttributes }: SchemaOrigin): string {
  const key = createHash("sha256")
    .update(`${extractorFingerprint()}\n${JSON.stringify(overlay ?? null)}`)
    .digest("hex");
  return cached(`schemas-${name}-${bindings.packageVersion}-${key.slice(0, 12)}`, (directory) => {
    const schemas = extractSchemas(bindings.directory, nestedAttributes);
    if (overlay)
      for (const [type, schema] of Object.entries(schemas.resources)) applyOverlay(type, schema, overlay);
    writeSchemas(directory, schemas);
  });
}

/** Changes when the code that makes the stored schemas changes. */
function extractorFingerprint(): string {
  const hash = createHash("sha256");
  for (const folder of [__dirname, join(__dirname, "..", "protocol")])
    for (const file of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, file)));
  return hash.digest("hex");
}
