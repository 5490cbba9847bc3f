import { closeSync, openSync, readFileSync, readSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encode } from "../protocol/encode";
import { rpcs } from "../protocol/tfplugin";
import { encodeSchema } from "../protocol/tfplugin-schema";
import type { ProviderSchemas } from "./extract";
import type { Schema } from "./model";
import { mapValues, memberOf } from "./records";

/** Where the JSON of each schema lies in the file of all: offset and length. */
interface Index {
  readonly resources: Readonly<Record<string, Place>>;
  readonly dataSources: Readonly<Record<string, Place>>;
  readonly ephemeralResources: Readonly<Record<string, Place>>;
}
type Place = readonly [offset: number, length: number];

/** Schemas on disk, parsed one by one when they are asked for: a command needs fifty of two thousand. */
export interface SchemaStore {
  readonly resource: (type: string) => Schema;
  readonly dataSource: (type: string) => Schema;
  readonly ephemeralResource: (type: string) => Schema;
  /** The answer to GetProviderSchema, encoded beforehand: encoding it takes longer than everything else at start. */
  readonly response: () => Buffer;
}

const indexFile = "index.json";
const schemasFile = "schemas.json";
const responseFile = "response.bin";

/** Writes the schemas of one provider into a folder. */
export function writeSchemas(directory: string, schemas: ProviderSchemas): void {
  const parts: Buffer[] = [];
  let offset = 0;
  const place = (schema: Schema): Place => {
    const text = Buffer.from(`${JSON.stringify(schema)}\n`);
    parts.push(text);
    offset += text.length;
    return [offset - text.length, text.length];
  };
  const index: Index = {
    resources: mapValues(schemas.resources, place),
    dataSources: mapValues(schemas.dataSources, place),
    ephemeralResources: mapValues(schemas.ephemeralResources, place),
  };
  writeFileSync(join(directory, schemasFile), Buffer.concat(parts));
  writeFileSync(join(directory, indexFile), JSON.stringify(index));
  writeFileSync(join(directory, responseFile), encodeResponse(schemas));
}

/** Opens schemas that `writeSchemas` wrote. */
export function openSchemas(directory: string): SchemaStore {
  // Written above.
  const index = JSON.parse(readFileSync(join(directory, indexFile), "utf8")) as Index;
  const parsed = new Map<Place, Schema>();
  const schemaAt = (kind: string, type: string, place: Place | undefined): Schema => {
    if (!place) throw new Error(`Cannot find the schema of the ${kind} "${type}": the provider has none`);
    const schema = parsed.get(place) ?? readSchema(join(directory, schemasFile), place);
    parsed.set(place, schema);
    return schema;
  };
  return {
    resource: (type) => schemaAt("resource", type, memberOf(index.resources, type)),
    dataSource: (type) => schemaAt("data source", type, memberOf(index.dataSources, type)),
    ephemeralResource: (type) =>
      schemaAt("ephemeral resource", type, memberOf(index.ephemeralResources, type)),
    response: () => readFileSync(join(directory, responseFile)),
  };
}

function readSchema(file: string, [offset, length]: Place): Schema {
  const descriptor = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(length);
    readSync(descriptor, bytes, 0, length, offset);
    // Written above.
    return JSON.parse(bytes.toString("utf8")) as Schema;
  } finally {
    closeSync(descriptor);
  }
}

function encodeResponse(schemas: ProviderSchemas): Buffer {
  return encode(rpcs.GetProviderSchema.response, {
    provider: encodeSchema(schemas.provider),
    resource_schemas: mapValues(schemas.resources, encodeSchema),
    data_source_schemas: mapValues(schemas.dataSources, encodeSchema),
    ephemeral_resource_schemas: mapValues(schemas.ephemeralResources, encodeSchema),
    server_capabilities: { get_provider_schema_optional: true },
  });
}
