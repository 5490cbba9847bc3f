import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { encode } from "../protocol/encode";
import { rpcs } from "../protocol/tfplugin";
import { encodeSchema } from "../protocol/tfplugin-schema";
import type { ProviderSchemas } from "./extract";
import type { Schema } from "./model";
import { mapValues, memberOf } from "./records";
import { writeFile } from "../system-error";

/** Where the JSON of each schema lies in the file of all: offset and length. */
interface Index {
  readonly provider: Place;
  readonly resources: Places;
  readonly dataSources: Places;
  readonly ephemeralResources: Places;
}
type Place = readonly [offset: number, length: number];
type Places = Readonly<Record<string, Place>>;

/** Schemas on disk, parsed one by one when they are asked for: a configuration needs fifty of two thousand. */
export interface SchemaStore {
  readonly provider: () => Schema;
  readonly resource: (type: string) => Schema;
  readonly dataSource: (type: string) => Schema;
  readonly ephemeralResource: (type: string) => Schema;
  /** Names of the types, by the block of a configuration that uses them. */
  readonly types: Readonly<Record<"resource" | "data" | "ephemeral", readonly string[]>>;
  /** The answer to GetProviderSchema with all of them, encoded beforehand. */
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
    provider: place(schemas.provider),
    resources: mapValues(schemas.resources, place),
    dataSources: mapValues(schemas.dataSources, place),
    ephemeralResources: mapValues(schemas.ephemeralResources, place),
  };
  writeFile(join(directory, schemasFile), Buffer.concat(parts));
  writeFile(join(directory, indexFile), JSON.stringify(index));
  // All of them take seconds to encode.
  writeFile(join(directory, responseFile), encodeResponse(schemas));
}

/** Opens schemas that `writeSchemas` wrote. */
export function openSchemas(directory: string): SchemaStore {
  // Written above.
  const index = JSON.parse(readFileSync(join(directory, indexFile), "utf8")) as Index;
  const { provider, resources, dataSources, ephemeralResources } = index;
  const parsed = new Map<Place, Schema>();
  const schemaAt = (place: Place): Schema => {
    const schema = parsed.get(place) ?? readSchema(join(directory, schemasFile), place);
    parsed.set(place, schema);
    return schema;
  };
  const named = (kind: string, places: Places) => (type: string) => {
    const place = memberOf(places, type);
    if (place) return schemaAt(place);
    throw new Error(`Cannot find the schema of the ${kind} "${type}": the provider has none`);
  };
  return {
    provider: () => schemaAt(provider),
    resource: named("resource", resources),
    dataSource: named("data source", dataSources),
    ephemeralResource: named("ephemeral resource", ephemeralResources),
    types: {
      resource: Object.keys(resources),
      data: Object.keys(dataSources),
      ephemeral: Object.keys(ephemeralResources),
    },
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

/** The answer to GetProviderSchema. */
export function encodeResponse(schemas: ProviderSchemas, encoded = encodeSchema): Buffer {
  return encode(rpcs.GetProviderSchema.response, {
    provider: encoded(schemas.provider),
    resource_schemas: mapValues(schemas.resources, encoded),
    data_source_schemas: mapValues(schemas.dataSources, encoded),
    ephemeral_resource_schemas: mapValues(schemas.ephemeralResources, encoded),
    server_capabilities: { get_provider_schema_optional: true },
  });
}
