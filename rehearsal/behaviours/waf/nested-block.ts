import type { Block, CtyType } from "../../schema/model";

/** One nested block of a schema. */
export type Nested = Block["block_types"][string];

/** How often a block may stand: `"one"` and `"many"` may be left out, `"one!"` and `"many!"` may not. */
export type Times = "one" | "one!" | "many" | "many!";

type Member = CtyType | Nested;

/**
 * A nested block, with its members by name. An attribute's name ends in `!` when it is required and in `?` when it is
 * optional; the name of a block stands as it is.
 */
export function nested(
  times: Times,
  members: Readonly<Record<string, Member>> = {},
  mode: "list" | "set" = "list",
): Nested {
  const block: Block = { attributes: {}, block_types: {} };
  for (const [name, member] of Object.entries(members)) {
    const word = name.replace(/[!?]$/, "");
    if (isNested(member)) block.block_types[word] = member;
    else
      block.attributes[word] = {
        type: member,
        ...(name.endsWith("!") ? { required: true } : { optional: true }),
      };
  }
  const least = times.endsWith("!") ? { min_items: 1 } : {};
  const most = times.startsWith("one") ? { max_items: 1 } : {};
  return { nesting_mode: mode, block, ...least, ...most };
}

const isNested = (member: Member): member is Nested => typeof member === "object" && "block" in member;
