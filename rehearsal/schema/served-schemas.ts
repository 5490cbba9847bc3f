import { encodeSchema } from "../protocol/tfplugin-schema";
import type { Block, Schema } from "./model";
import type { Names, NamesInUse } from "./names-in-use";
import { encodeResponse, type SchemaStore } from "./schema-store";

/** What is known of a provider's types beside their schemas. */
export interface TypeTraits {
  /** Begins their names: "aws_". */
  readonly prefix: string;
  /** Resource types with blocks that may contain themselves, unrolled to thousands of blocks. */
  readonly unrolled: ReadonlySet<string>;
}

/**
 * The schemas that Terraform is given: of two thousand types those that configurations name, and of an unrolled type
 * the blocks that they name. Decoding the rest would be half of Terraform's work.
 */
export class ServedSchemas {
  /** Unrolled types as Terraform knows them. */
  private readonly reduced = new Map<string, Schema>();
  private readonly encoded = new WeakMap<Schema, Buffer>();

  constructor(
    private readonly store: SchemaStore,
    private readonly traits: TypeTraits,
    /** Undefined to serve everything. */
    private readonly names: NamesInUse | undefined,
  ) {}

  resource(type: string): Schema {
    return this.reduced.get(type) ?? this.store.resource(type);
  }

  dataSource(type: string): Schema {
    return this.store.dataSource(type);
  }

  ephemeralResource(type: string): Schema {
    return this.store.ephemeralResource(type);
  }

  /** The answer to GetProviderSchema. */
  response(): Buffer {
    this.reduced.clear();
    const names = this.names?.read();
    // Terraform suggests a name for a misspelt one if it knows them all.
    if (!names || this.isMisspelt(names)) return this.store.response();
    for (const type of this.own(names.resource))
      if (this.traits.unrolled.has(type)) this.reduced.set(type, reduce(this.store.resource(type), names));
    const chosen = {
      provider: this.store.provider(),
      resources: this.schemas(names.resource, (type) => this.resource(type)),
      dataSources: this.schemas(names.data, (type) => this.dataSource(type)),
      ephemeralResources: this.schemas(names.ephemeral, (type) => this.ephemeralResource(type)),
    };
    return encodeResponse(chosen, (schema) => this.encode(schema));
  }

  private own(types: ReadonlySet<string>): readonly string[] {
    return [...types].filter((type) => type.startsWith(this.traits.prefix));
  }

  private isMisspelt(names: Names): boolean {
    const { types } = this.store;
    return (["resource", "data", "ephemeral"] as const).some((kind) =>
      this.own(names[kind]).some((type) => !types[kind].includes(type)),
    );
  }

  private schemas(
    types: ReadonlySet<string>,
    schemaOf: (type: string) => Schema,
  ): Readonly<Record<string, Schema>> {
    return Object.fromEntries(this.own(types).map((type) => [type, schemaOf(type)]));
  }

  private encode(schema: Schema): Buffer {
    const bytes = this.encoded.get(schema) ?? encodeSchema(schema);
    this.encoded.set(schema, bytes);
    return bytes;
  }
}

function reduce(schema: Schema, names: Names): Schema {
  return { ...schema, block: withNamedBlocks(schema.block, names.arguments) };
}

/** Without the optional blocks that no configuration names, at any depth. */
function withNamedBlocks(block: Block, names: ReadonlySet<string>): Block {
  const kept = Object.entries(block.block_types)
    .filter(([name, { min_items: least = 0 }]) => least > 0 || names.has(name))
    .map(([name, nested]) => [name, { ...nested, block: withNamedBlocks(nested.block, names) }] as const);
  return { ...block, block_types: Object.fromEntries(kept) };
}
