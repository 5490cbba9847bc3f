import { encode } from "./encode";
import type { Message } from "./message";
import type { Attribute, Block, Schema } from "../schema/model";

const Nested: Message = { attributes: [1, () => AttributeMessage, "repeated"], nesting: [3, "enum"] };

const AttributeMessage: Message = {
  name: [1, "string"],
  type: [2, "bytes"],
  description: [3, "string"],
  required: [4, "bool"],
  optional: [5, "bool"],
  computed: [6, "bool"],
  sensitive: [7, "bool"],
  nested_type: [10, Nested],
  write_only: [11, "bool"],
};

const NestedBlockMessage: Message = {
  type_name: [1, "string"],
  block: [2, () => BlockMessage],
  nesting: [3, "enum"],
  min_items: [4, "int64"],
  max_items: [5, "int64"],
};

const BlockMessage: Message = {
  version: [1, "int64"],
  attributes: [2, AttributeMessage, "repeated"],
  block_types: [3, NestedBlockMessage, "repeated"],
};

/** The schema of one resource type, data source or provider. */
export const SchemaMessage: Message = { version: [1, "int64"], block: [2, BlockMessage] };

/** A schema as the bytes of its message. */
export function encodeSchema(schema: Schema): Buffer {
  return encode(SchemaMessage, { version: schema.version, block: blockFields(schema.block) });
}

const nestingModes = { single: 1, list: 2, set: 3, map: 4, group: 5 };

function blockFields(block: Block): Record<string, unknown> {
  const nested = Object.entries(block.block_types).map(
    ([name, { nesting_mode, block: inner, ...items }]) => ({
      type_name: name,
      nesting: nestingModes[nesting_mode],
      block: blockFields(inner),
      ...items,
    }),
  );
  return { attributes: Object.entries(block.attributes).map(attributeFields), block_types: nested };
}

function attributeFields([name, attribute]: [string, Attribute]): Record<string, unknown> {
  const { type, nested_type, ...flags } = attribute;
  if (!nested_type) return { ...flags, name, type: Buffer.from(JSON.stringify(type)) };
  const attributes = Object.entries(nested_type.attributes).map(attributeFields);
  return { ...flags, name, nested_type: { nesting: nestingModes[nested_type.nesting_mode], attributes } };
}
