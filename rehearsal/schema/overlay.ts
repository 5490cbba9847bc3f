import type { Block, NestedBlock, Schema } from "./model";

/** What a schema extracted from a package cannot hold, by dotted path from the type: "aws_lb_listener.default_action.forward.target_group". */
export interface SchemaOverlay {
  readonly marks: Readonly<Record<string, SchemaMark>>;
  /** Nested blocks that the package leaves out, by the path they belong at. */
  readonly blocks: Readonly<Record<string, NestedBlock>>;
  /** Schemas of ephemeral resources, which packages leave out wholly, by type. */
  readonly ephemeralResources?: Readonly<Record<string, Schema>>;
}

/** Properties of an attribute or a nested block that are added to the extracted ones. */
export interface SchemaMark {
  readonly sensitive?: boolean;
  readonly write_only?: boolean;
  readonly min_items?: number;
  readonly max_items?: number;
}

/** Adds the overlay of one type to its schema, in place; paths that the schema lacks are ignored. */
export function applyOverlay(type: string, schema: Schema, overlay: SchemaOverlay): void {
  const prefix = `${type}.`;
  const below = (record: object): string[] => Object.keys(record).filter((path) => path.startsWith(prefix));
  for (const path of below(overlay.blocks)) {
    const [parent, name] = locate(schema.block, path.slice(prefix.length));
    const block = overlay.blocks[path];
    if (!parent || !block) continue;
    // A package that leaves a block out may show it as an attribute of any type instead.
    parent.attributes = Object.fromEntries(Object.entries(parent.attributes).filter(([key]) => key !== name));
    parent.block_types[name] = block;
  }
  for (const path of below(overlay.marks)) {
    const [parent, name] = locate(schema.block, path.slice(prefix.length));
    Object.assign(parent?.block_types[name] ?? parent?.attributes[name] ?? {}, overlay.marks[path]);
  }
}

function locate(block: Block, path: string): [Block | undefined, string] {
  const names = path.split(".");
  const last = names.pop() ?? "";
  const parent = names.reduce<Block | undefined>((at, name) => at?.block_types[name]?.block, block);
  return [parent, last];
}
