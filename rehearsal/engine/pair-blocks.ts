import type { Block } from "../schema/model";
import { attributeType } from "../schema/types";
import { sameValue } from "./canonical";
import { elementAt, mapElements } from "./elements";
import { isRecord, isUnset } from "./record";

/**
 * Gives elements of sets of blocks back the computed values of their earlier selves.
 * Core cannot always pair them when a block has optional computed values, and the second plan would show a change.
 */
export function pairBlocks(block: Block, value: unknown, prior: unknown): unknown {
  if (!isRecord(value) || !isRecord(prior)) return value;
  const paired = { ...value };
  for (const [name, { nesting_mode, block: inner }] of Object.entries(block.block_types)) {
    const before = prior[name];
    paired[name] = mapElements(nesting_mode, paired[name], (element, key) => {
      if (nesting_mode !== "set" || !Array.isArray(before))
        return pairBlocks(inner, element, elementAt(before, key));
      const earlier: unknown = before.find((candidate) => covers(inner, element, candidate));
      return earlier ?? element;
    });
  }
  return paired;
}

/** Does the earlier element say everything the proposed one does, computed values that it leaves open aside? */
function covers(block: Block, proposed: unknown, earlier: unknown): boolean {
  if (!isRecord(proposed) || !isRecord(earlier)) return isUnset(proposed) && isUnset(earlier);
  const attributesAgree = Object.entries(block.attributes).every(
    ([name, attribute]) =>
      (attribute.computed && isUnset(proposed[name])) ||
      sameValue(attributeType(attribute), proposed[name], earlier[name]),
  );
  return (
    attributesAgree &&
    Object.entries(block.block_types).every(([name, { nesting_mode, block: inner }]) => {
      const [next, before] = [proposed[name], earlier[name]];
      if (!Array.isArray(next) || !Array.isArray(before)) return covers(inner, next, before);
      if (next.length !== before.length) return false;
      return next.every((element, index) =>
        nesting_mode === "set"
          ? before.some((candidate) => covers(inner, element, candidate))
          : covers(inner, element, before[index]),
      );
    })
  );
}
