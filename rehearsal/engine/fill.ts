import type { Attribute, Block } from "../schema/model";
import { attributeType } from "../schema/types";
import type { Attributes } from "./behaviour";
import { mapElements } from "./elements";
import { isRecord } from "./record";
import { containsUnknown, isUnknown } from "./unknown";

type Fallback = (attribute: {
  name: string;
  type: ReturnType<typeof attributeType>;
  optional: boolean;
}) => unknown;

/** Gives every value that is still unknown what the provider falls back to. */
export function fillUnknown(block: Block, value: unknown, fallback: Fallback): unknown {
  if (!isRecord(value)) return value;
  const filled = { ...value };
  for (const [name, attribute] of Object.entries(block.attributes))
    filled[name] = fillAttribute(filled[name], { name, attribute, fallback });
  for (const [name, { nesting_mode, block: inner }] of Object.entries(block.block_types)) {
    const present = isUnknown(filled[name]) ? [] : filled[name];
    filled[name] = mapElements(nesting_mode, present, (element) => fillUnknown(inner, element, fallback));
  }
  return filled;
}

interface Filling {
  readonly name: string;
  readonly attribute: Attribute;
  readonly fallback: Fallback;
}

function fillAttribute(value: unknown, { name, attribute, fallback }: Filling): unknown {
  if (isUnknown(value))
    return fallback({ name, type: attributeType(attribute), optional: attribute.optional ?? false });
  if (!attribute.nested_type) return value;
  const inner: Block = { attributes: attribute.nested_type.attributes, block_types: {} };
  return mapElements(attribute.nested_type.nesting_mode, value, (element) =>
    fillUnknown(inner, element, fallback),
  );
}

/** Takes computed values where nothing is known yet; in a block that is configured, only its open members. */
export function takeComputed(block: Block, values: Attributes, computed: Attributes): Attributes {
  const taken = { ...values };
  for (const [name, value] of Object.entries(computed)) {
    const present = taken[name];
    if (value === undefined) continue;
    if (block.block_types[name] && Array.isArray(present) && Array.isArray(value))
      taken[name] = present.map((element, index) => openMembers(element, value[index]));
    else if (isUnknown(present) || (block.attributes[name]?.computed && containsUnknown(present)))
      taken[name] = value;
  }
  return taken;
}

function openMembers(element: unknown, computed: unknown): unknown {
  if (!isRecord(element) || !isRecord(computed)) return element;
  const open = Object.entries(computed).filter(([name]) => isUnknown(element[name]));
  return { ...element, ...Object.fromEntries(open) };
}
