import type { Block, CtyType } from "../schema/model";
import { attributeType } from "../schema/types";
import { Dynamic } from "./dynamic";
import { mapElements } from "./elements";
import { isRecord, isUnset } from "./record";
import { isUnknown } from "./unknown";
import { mapValues, memberOf } from "../schema/records";

/** Brings a value to the shape of a block: what it lacks becomes null or an empty list, what the block lacks goes. */
export function conform(block: Block, value: unknown): Record<string, unknown> | null {
  if (!isRecord(value)) return null;
  const attributes = mapValues(block.attributes, (attribute, name) =>
    conformType(attributeType(attribute), value[name]),
  );
  const nested = mapValues(block.block_types, ({ nesting_mode, block: inner }, name) => {
    const single = nesting_mode === "single" || nesting_mode === "group";
    const present = value[name] ?? (single ? null : nesting_mode === "map" ? {} : []);
    return mapElements(nesting_mode, present, (element) => conform(inner, element));
  });
  return { ...attributes, ...nested };
}

function conformType(type: CtyType, value: unknown): unknown {
  if (isUnset(value)) return null;
  if (isUnknown(value) || value instanceof Dynamic) return value;
  if (type === "dynamic") return dynamicFromJson(value);
  if (typeof type === "string") return value;
  const [kind, inner] = type;
  if (kind === "object") {
    const members = isRecord(value) ? value : {};
    return mapValues(inner, (member, name) => conformType(member, memberOf(members, name)));
  }
  if (kind === "map")
    return mapValues(isRecord(value) ? value : {}, (element) => conformType(inner, element));
  if (!Array.isArray(value)) return value;
  if (kind === "tuple") return value.map((element, index) => conformType(inner[index] ?? "dynamic", element));
  return value.map((element) => conformType(inner, element));
}

/** State files and the simulated cloud keep a dynamic value as its type and its value. */
function dynamicFromJson(value: unknown): unknown {
  if (!isRecord(value) || isUnset(value["type"])) return value;
  // Written by Terraform, or by JSON.stringify of a Dynamic.
  const type = value["type"] as CtyType;
  return new Dynamic(type, conformType(type, value["value"]));
}
