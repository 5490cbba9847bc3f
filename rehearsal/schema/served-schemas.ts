import { encodeSchema } from "../protocol/tfplugin-schema";
import type { Block, Schema } from "./model";
import type { Names, NamesInUse } from "./names-in-use";
import { encodeResponse, type SchemaStore } from "./schema-store";

const kinds = ["resource", "data", "ephemeral"] as const;
type Kind = (typeof kinds)[number];

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
  /** Terraform asks at every command, and the names change a few times. */
  private answered: { readonly names: Names; readonly bytes: Buffer } | undefined;

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
    const names = this.names?.read();
    if (names === undefined) return this.store.response();
    if (this.answered?.names !== names) this.answered = { names, bytes: this.answerFor(names) };
    return this.answered.bytes;
  }

  private answerFor(names: Names): Buffer {
    this.reduced.clear();
    // Terraform suggests a name for a misspelt one if it knows them all.
    if (names.unbounded || this.isMisspelt(names)) return this.store.response();
    for (const type of this.own("resource", names))
      if (this.traits.unrolled.has(type)) this.reduced.set(type, reduce(this.store.resource(type), names));
    const chosen = {
      provider: this.store.provider(),
      resources: schemasOf(this.own("resource", names), (type) => this.resource(type)),
      dataSources: schemasOf(this.own("data", names), (type) => this.dataSource(type)),
      ephemeralResources: schemasOf(this.own("ephemeral", names), (type) => this.ephemeralResource(type)),
    };
    return encodeResponse(chosen, (schema) => this.encode(schema));
  }

  /** Types of this provider; one that was misspelt earlier is none. */
  private own(kind: Kind, names: Names): readonly string[] {
    const known = this.store.types[kind];
    return [...names[kind]].filter((type) => type.startsWith(this.traits.prefix) && known.includes(type));
  }

  private isMisspelt(names: Names): boolean {
    const own = (type: string) => type.startsWith(this.traits.prefix) && names.now.has(type);
    return kinds.some((kind) =>
      [...names[kind]].filter(own).some((type) => !this.store.types[kind].includes(type)),
    );
  }

  private encode(schema: Schema): Buffer {
    const bytes = this.encoded.get(schema) ?? encodeSchema(schema);
    this.encoded.set(schema, bytes);
    return bytes;
  }
}

function schemasOf(
  types: readonly string[],
  schemaOf: (type: string) => Schema,
): Readonly<Record<string, Schema>> {
  return Object.fromEntries(types.map((type) => [type, schemaOf(type)]));
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
