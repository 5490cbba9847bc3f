import type { Creation } from "../../run/creations";
import type { FoundObject } from "./find-objects";

/** What becomes of an object that was found. */
export interface Decision {
  readonly object: FoundObject;
  /** Why it is not imported; unset: it is. */
  readonly reason?: string;
  /** The same in a word; `rival`: several objects fit one resource, or one fits several. */
  readonly because?: "rival" | "foreign" | "replaced";
}

/** Decides which objects are imported: one for each resource, beyond doubt this layer's, and not to be replaced at once. */
export function sortOut(
  found: readonly FoundObject[],
  of: { readonly recorded: readonly Creation[]; readonly tags: Readonly<Record<string, string>> },
): readonly Decision[] {
  const named = found.filter((one) => !hasOtherName(one));
  return named.map((object) => {
    const rivals = rivalsOf(object, named);
    if (rivals !== undefined) return { object, reason: rivals, because: "rival" };
    if (!isOwn(object, of)) return { object, reason: foreign, because: "foreign" };
    return isReplaced(object) ? { object, reason: replaced, because: "replaced" } : { object };
  });
}

/** Every secret of a layer has the same tags; its name says whose it is, also of one that the state knows already. */
function hasOtherName({ by, values, wanted }: FoundObject): boolean {
  const { name } = wanted.values;
  return by === "tags" && typeof name === "string" && values["name"] !== name;
}

const foreign = "it lacks the tags of this layer";

function rivalsOf({ address, id, wanted }: FoundObject, found: readonly FoundObject[]): string | undefined {
  const here = found.filter((one) => one.address === address).length;
  if (here > 1) return `${here} objects fit this resource`;
  const elsewhere = found.filter((one) => one.id === id && one.wanted.type === wanted.type).length;
  return elsewhere > 1 ? `it fits ${elsewhere} resources` : undefined;
}

/**
 * What is found by its name or its key alone may be somebody else's, unless its creation was begun here, or it has the layer's tags. What has
 * no tags belongs to something that has, or is shown to the operator.
 */
function isOwn(
  { by, address, values, wanted }: FoundObject,
  {
    recorded,
    tags,
  }: { readonly recorded: readonly Creation[]; readonly tags: Readonly<Record<string, string>> },
): boolean {
  if (by === "record" || by === "tags" || recorded.some((creation) => creation.address === address))
    return true;
  if (wanted.values["tags_all"] === undefined) return true;
  const given = Object(values["tags_all"]) as Readonly<Record<string, unknown>>;
  return Object.entries(tags).every(([key, value]) => given[key] === value);
}

const replaced = "Terraform would replace it, because it differs";

/** Whether Terraform would delete and create it, once imported. */
export function isReplaced({ actions }: FoundObject): boolean {
  return actions.length > 1;
}
