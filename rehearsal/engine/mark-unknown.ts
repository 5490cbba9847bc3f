import type { Block } from "../schema/model";
import { blockType } from "../schema/types";
import { canonical } from "./canonical";
import { elementAt, mapElements } from "./elements";
import { isRecord, isUnset } from "./record";
import { unknownValue } from "./unknown";

/** Computed values that are not set become unknown, in nested blocks and attributes too. */
export function markUnknown(block: Block, value: unknown): unknown {
  if (!isRecord(value)) return value;
  const marked = { ...value };
  for (const [name, { computed, nested_type }] of Object.entries(block.attributes)) {
    if (computed && isUnset(marked[name])) marked[name] = unknownValue;
    else if (nested_type) {
      const inner: Block = { attributes: nested_type.attributes, block_types: {} };
      marked[name] = mapElements(nested_type.nesting_mode, marked[name], (element) =>
        markUnknown(inner, element),
      );
    }
  }
  for (const [name, { nesting_mode, block: inner }] of Object.entries(block.block_types))
    marked[name] = mapElements(nesting_mode, marked[name], (element) => markUnknown(inner, element));
  return marked;
}

/** On an update, only blocks that were not there before get unknown computed values. */
export function markNewBlocks(block: Block, value: unknown, prior: unknown): unknown {
  if (!isRecord(value)) return value;
  const marked = { ...value };
  for (const [name, { nesting_mode, block: inner }] of Object.entries(block.block_types)) {
    const before = isRecord(prior) ? prior[name] : undefined;
    const type = blockType(inner);
    const known = new Set(Array.isArray(before) ? before.map((element) => canonical(type, element)) : []);
    marked[name] = mapElements(nesting_mode, marked[name], (element, key) => {
      const earlier = elementAt(before, key);
      if (!isUnset(earlier)) return markNewBlocks(inner, element, earlier);
      return known.has(canonical(type, element)) ? element : markUnknown(inner, element);
    });
  }
  return marked;
}
