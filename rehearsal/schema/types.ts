import type { Attribute, Block, CtyType } from "./model";
import { mapValues } from "./records";

/** The type of an attribute's values, nested attributes included. */
export function attributeType(attribute: Attribute): CtyType {
  if (!attribute.nested_type) return attribute.type ?? "dynamic";
  const { attributes, nesting_mode } = attribute.nested_type;
  const element: CtyType = ["object", mapValues(attributes, attributeType)];
  return nesting_mode === "single" ? element : [nesting_mode, element];
}

/** The type of a block's values: an object of its attributes and its nested blocks. */
export function blockType(block: Block): CtyType {
  const nested = mapValues(block.block_types, ({ nesting_mode, block: inner }): CtyType => {
    const element = blockType(inner);
    return nesting_mode === "single" || nesting_mode === "group" ? element : [nesting_mode, element];
  });
  return ["object", { ...mapValues(block.attributes, attributeType), ...nested }];
}
