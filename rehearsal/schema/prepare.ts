import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cached } from "../cache";
import { extractSchemas } from "./extract";
import type { Block } from "./model";
import { applyOverlay, type SchemaOverlay } from "./overlay";
import type { ProviderPackage } from "./provider-package";
import { writeSchemas } from "./schema-store";

/** The sources of one provider's schemas. */
export interface SchemaOrigin {
  readonly name: string;
  readonly bindings: ProviderPackage;
  readonly overlay?: SchemaOverlay | undefined;
  /** The provider speaks protocol 6 with nested attributes. */
  readonly nestedAttributes: boolean;
  /** Folder to keep the schemas in; undefined for one beside the installed packages. */
  readonly cache?: string | undefined;
}

/** The folder with a provider's schemas, extracted from its package when that has not happened before. */
export function prepareSchemas({ name, bindings, overlay, nestedAttributes, cache }: SchemaOrigin): string {
  const key = createHash("sha256")
    .update(`${extractorFingerprint()}\n${JSON.stringify(overlay ?? null)}`)
    .digest("hex");
  return cached(
    { folder: cache, name: `schemas-${name}-${bindings.packageVersion}-${key.slice(0, 12)}` },
    (directory) => {
      const schemas = extractSchemas(bindings.directory, nestedAttributes);
      for (const [type, schema] of Object.entries(schemas.resources)) {
        if (overlay) applyOverlay(type, schema, overlay);
        dropDynamicInSets(schema.block, false);
      }
      writeSchemas(directory, { ...schemas, ephemeralResources: overlay?.ephemeralResources ?? {} });
    },
  );
}

/** The generator writes a recursive block as an attribute of any type, which Terraform refuses in a set of blocks. */
function dropDynamicInSets(block: Block, inSet: boolean): void {
  const legal = Object.entries(block.attributes).filter(([, { type }]) => !inSet || type !== "dynamic");
  block.attributes = Object.fromEntries(legal);
  for (const { nesting_mode, block: inner } of Object.values(block.block_types))
    dropDynamicInSets(inner, inSet || nesting_mode === "set");
}

/** Changes when the code that makes the stored schemas changes. */
function extractorFingerprint(): string {
  const hash = createHash("sha256");
  const protocol = join(__dirname, "..", "protocol");
  const encoding = readdirSync(protocol).filter((file) => /^(encode|tfplugin)/.test(file));
  const files = [
    ...readdirSync(__dirname).map((file) => join(__dirname, file)),
    ...encoding.map((file) => join(protocol, file)),
  ];
  for (const file of files.sort()) hash.update(readFileSync(file));
  return hash.digest("hex");
}
