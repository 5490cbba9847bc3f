import { closeSync, openSync, readFileSync, readSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encode } from "../protocol/encode";
import { rpcs } from "../protocol/tfplugin";
import { encodeSchema } from "../protocol/tfplugin-schema";
import type { ProviderSchemas } from "./extract";
import type { Schema } from "./model";
import { mapValues, memberOf } from "./records";
import type { TypeNames } from "./types-in-use";

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
  resource(type: string): Schema;
  dataSource(type: string): Schema;
  ephemeralResource(type: string): Schema;
  /** The answer to GetProviderSchema with the schemas of these types, or of all. */
  response(types?: TypeNames): Buffer;
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
  writeFileSync(join(directory, schemasFile), Buffer.concat(parts));
  writeFileSync(join(directory, indexFile), JSON.stringify(index));
  // All of them take seconds to encode.
  writeFileSync(join(directory, responseFile), encodeResponse(schemas));
}

/** Opens schemas that `writeSchemas` wrote; the names of the provider's types begin with `prefix`, e.g. "aws_". */
export function openSchemas(directory: string, prefix: string): SchemaStore {
  return new StoredSchemas(directory, prefix);
}

class StoredSchemas implements SchemaStore {
  private readonly index: Index;
  private readonly parsed = new Map<Place, Schema>();
  private readonly encoded = new Map<Place, Buffer>();

  constructor(
    private readonly directory: string,
    private readonly prefix: string,
  ) {
    // Written above.
    this.index = JSON.parse(readFileSync(join(directory, indexFile), "utf8")) as Index;
  }

  resource(type: string): Schema {
    return this.named("resource", type, this.index.resources);
  }

  dataSource(type: string): Schema {
    return this.named("data source", type, this.index.dataSources);
  }

  ephemeralResource(type: string): Schema {
    return this.named("ephemeral resource", type, this.index.ephemeralResources);
  }

  response(types?: TypeNames): Buffer {
    const { provider, resources, dataSources, ephemeralResources } = this.index;
    const chosen = types && [
      this.chosen(resources, types.resource),
      this.chosen(dataSources, types.data),
      this.chosen(ephemeralResources, types.ephemeral),
    ];
    // Terraform suggests a name for one that is misspelt, if it knows them all.
    if (!chosen?.every((places) => places !== undefined))
      return readFileSync(join(this.directory, responseFile));
    const [resource_schemas, data_source_schemas, ephemeral_resource_schemas] = chosen.map((places) =>
      mapValues(places, (place) => this.encodedAt(place)),
    );
    return encode(rpcs.GetProviderSchema.response, {
      provider: this.encodedAt(provider),
      resource_schemas,
      data_source_schemas,
      ephemeral_resource_schemas,
      server_capabilities: capabilities,
    });
  }

  private named(kind: string, type: string, places: Places): Schema {
    const place = memberOf(places, type);
    if (place) return this.schemaAt(place);
    throw new Error(`Cannot find the schema of the ${kind} "${type}": the provider has none`);
  }

  /** The places of these types; undefined when one of them is none that the provider has. */
  private chosen(places: Places, types: ReadonlySet<string>): Places | undefined {
    const own = [...types].filter((type) => type.startsWith(this.prefix));
    const found = own.flatMap((type) => {
      const place = memberOf(places, type);
      return place ? [[type, place] as const] : [];
    });
    return found.length === own.length ? Object.fromEntries(found) : undefined;
  }

  private encodedAt(place: Place): Buffer {
    const bytes = this.encoded.get(place) ?? encodeSchema(this.schemaAt(place));
    this.encoded.set(place, bytes);
    return bytes;
  }

  private schemaAt(place: Place): Schema {
    const schema = this.parsed.get(place) ?? readSchema(join(this.directory, schemasFile), place);
    this.parsed.set(place, schema);
    return schema;
  }
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

const capabilities = { get_provider_schema_optional: true };

function encodeResponse(schemas: ProviderSchemas): Buffer {
  return encode(rpcs.GetProviderSchema.response, {
    provider: encodeSchema(schemas.provider),
    resource_schemas: mapValues(schemas.resources, encodeSchema),
    data_source_schemas: mapValues(schemas.dataSources, encodeSchema),
    ephemeral_resource_schemas: mapValues(schemas.ephemeralResources, encodeSchema),
    server_capabilities: capabilities,
  });
}
