import { attributeType, blockType } from "../schema/types";
import type { CtyType } from "../schema/model";
import type { Attributes } from "./behaviour";
import { sameValue } from "./canonical";
import { markNewBlocks, markUnknown } from "./mark-unknown";
import { pairBlocks } from "./pair-blocks";
import { isRecord, isUnset } from "./record";
import type { Change, ResourceType } from "./resource-type";
import { containsUnknown, isUnknown, unknownValue } from "./unknown";

/** A planned state, and the attributes whose change makes it a replacement. */
export interface Plan {
  readonly planned: Attributes | null;
  readonly replace: readonly string[];
}

/** Plans one object from the state that core proposes. */
export function planChange(type: ResourceType, change: Change): Plan {
  const { prior, planned: proposed, config } = change;
  if (!proposed) return { planned: null, replace: [] };
  return prior
    ? planUpdate(type, { prior, proposed, config })
    : { planned: planCreate(type, proposed, config), replace: [] };
}

function planCreate(type: ResourceType, proposed: Attributes, config: Attributes): Attributes {
  const { block, behaviour, knowledge, definition } = type;
  const marked = markUnknown(block, proposed);
  const planned = alwaysKnown(type, isRecord(marked) ? marked : proposed);
  for (const [name, value] of Object.entries(behaviour.planned?.(planned, type.context("")) ?? {}))
    if (isUnknown(planned[name]) && value !== undefined) planned[name] = value;
  for (const name of behaviour.nullable ?? []) if (isUnknown(planned[name])) planned[name] = null;
  for (const [name, value] of Object.entries(knowledge.defaults ?? {}))
    if (name in planned && isUnset(config[name]) && (isUnset(planned[name]) || isUnknown(planned[name])))
      planned[name] = value;
  for (const name of knowledge.computedBlocks ?? [])
    if (isEmptyList(planned[name])) planned[name] = unknownValue;
  return definition.legacyTypeSystem ? withWholeSets(type, planned) : planned;
}

/** The old SDK makes a set that holds something unknown wholly unknown. */
function withWholeSets({ block }: ResourceType, planned: Attributes): Attributes {
  for (const [name, { type }] of Object.entries(block.attributes)) {
    const value = planned[name];
    if (type?.[0] === "set" && Array.isArray(value) && value.some(isUnknown)) planned[name] = unknownValue;
  }
  return planned;
}

interface Update {
  readonly prior: Attributes;
  readonly proposed: Attributes;
  readonly config: Attributes;
}

function planUpdate(type: ResourceType, { prior, proposed, config }: Update): Plan {
  const { block, behaviour, knowledge } = type;
  const paired = pairBlocks(block, alwaysKnown(type, proposed), prior);
  const next = isRecord(paired) ? paired : proposed;
  for (const [name, value] of Object.entries(knowledge.defaults ?? {}))
    if (name in next && isUnset(config[name]) && !block.attributes[name]?.computed) next[name] = value;
  for (const name of knowledge.computedBlocks ?? []) if (isEmptyList(next[name])) next[name] = prior[name];
  if (sameValue(blockType(block), prior, next)) return { planned: prior, replace: [] };

  const marked = markNewBlocks(block, next, prior);
  const planned = isRecord(marked) ? marked : next;
  for (const name of behaviour.recomputed ?? []) if (isUnset(config[name])) planned[name] = unknownValue;
  return { planned, replace: replacements(type, prior, planned) };
}

function alwaysKnown({ block, context }: ResourceType, value: Attributes): Attributes {
  const known = { ...value };
  const { tags } = known;
  if (block.attributes["tags_all"] && block.attributes["tags"])
    known["tags_all"] = containsUnknown(tags)
      ? unknownValue
      : { ...context("").defaultTags, ...(isRecord(tags) ? tags : {}) };
  // Core calls a provider broken that keeps a write-only value.
  for (const [name, attribute] of Object.entries(block.attributes))
    if (attribute.write_only) known[name] = null;
  return known;
}

function replacements(type: ResourceType, prior: Attributes, planned: Attributes): string[] {
  const paths = [...(type.behaviour.forceNew ?? []), ...(type.knowledge.forceNew ?? [])];
  const changed = paths.filter((path) => {
    const [name = "", ...below] = path.split(".");
    if (below.length > 0)
      return JSON.stringify(pluck(prior[name], below)) !== JSON.stringify(pluck(planned[name], below));
    const memberType = typeOfMember(type, name);
    return memberType !== undefined && !sameValue(memberType, prior[name], planned[name]);
  });
  return [...new Set(changed.map((path) => path.split(".")[0] ?? path))];
}

function typeOfMember({ block }: ResourceType, name: string): CtyType | undefined {
  const attribute = block.attributes[name];
  if (attribute) return attributeType(attribute);
  const nested = block.block_types[name];
  return nested && ["list", blockType(nested.block)];
}

function pluck(value: unknown, path: readonly string[]): unknown {
  const [name, ...below] = path;
  if (name === undefined) return value;
  if (Array.isArray(value)) return value.map((element) => pluck(element, path));
  return isRecord(value) ? pluck(value[name], below) : value;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
