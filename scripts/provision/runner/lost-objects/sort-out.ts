import { naturalKeys } from "../../../../lib/aws-facts/natural-keys";
import type { Unasked } from "../../aws/unasked";
import type { Creation } from "../../run/creations";
import type { Wanted } from "./candidates";
import type { FoundObject } from "./find-objects";
import { type Configured, hasOtherParent, hasOwnParent, needsOf } from "./parents";

/** What becomes of an object that was found. */
export interface Decision {
  readonly object: FoundObject;
  /** Why it is not imported; unset: it is. */
  readonly reason?: string;
  /**
   * The same in a word; `rival`: several objects fit one resource, or one fits several; `unasked`: it may have a rival that AWS was not
   * asked for; `needs`: the same of what it needs.
   */
  readonly because?: "rival" | "foreign" | "replaced" | "unasked" | "needs";
}

/** By what is decided whose an object is, and whether it is the only one. */
export interface Grounds {
  readonly recorded: readonly Creation[];
  /** By which what the layer creates is told from all else. */
  readonly tags: Readonly<Record<string, string>>;
  readonly configured: Configured;
  /** What AWS did not answer. */
  readonly unasked: readonly Unasked[];
  /** The ID of an object that is this layer's, whatever else is known of it. */
  readonly adopted?: string | undefined;
}

/**
 * Decides which objects are imported: one for each resource, beyond doubt this layer's, and not to be replaced at once; `missing` is what
 * the plan would create although nothing was found.
 */
export function sortOut(
  { found, missing }: { readonly found: readonly FoundObject[]; readonly missing: readonly Wanted[] },
  grounds: Grounds,
): readonly Decision[] {
  const named = found.filter((one) => !hasOtherName(one));
  const foreign = foreignOf(named, grounds);
  // What is somebody else's is no rival.
  const own = named.filter((one) => !foreign.has(one));
  const decisions = named.map((object) => foreign.get(object) ?? decide(object, own, grounds));
  const open = new Set([
    ...decisions.flatMap(({ object, reason }) => (reason === undefined ? [] : [object.address])),
    ...missing.filter(({ type }) => isUnasked(type, grounds)).map(({ address }) => address),
  ]);
  return decisions.map((decision) => {
    const needed = [...needsOf(decision.object.address, grounds.configured)].find((address) =>
      open.has(address),
    );
    if (decision.reason !== undefined || needed === undefined) return decision;
    const reason = `it needs ${needed}, which may exist, and would be created`;
    return { object: decision.object, reason, because: "needs" };
  });
}

function decide(object: FoundObject, own: readonly FoundObject[], grounds: Grounds): Decision {
  const rivals = rivalsOf(object, own);
  if (rivals !== undefined) return { object, reason: rivals, because: "rival" };
  // Of what has a natural key, AWS allows one alone.
  const { type } = object.wanted;
  if (!(type in naturalKeys) && isUnasked(type, grounds))
    return { object, reason: uncertain, because: "unasked" };
  return isReplaced(object) ? { object, reason: replaced, because: "replaced" } : { object };
}

function isUnasked(type: string, { unasked }: Grounds): boolean {
  return unasked.some(({ types }) => types.includes(type));
}

const uncertain = "another one may fit as well, because AWS was not asked for all";

/** Every secret of a layer has the same tags; its name says whose it is, also of one that the state knows already. */
function hasOtherName({ by, values, wanted }: FoundObject): boolean {
  const { name } = wanted.values;
  return by === "tags" && typeof name === "string" && values["name"] !== name;
}

/** What is somebody else's: what belongs to it as well. */
function foreignOf(found: readonly FoundObject[], grounds: Grounds): ReadonlyMap<FoundObject, Decision> {
  const foreign = new Map<FoundObject, Decision>();
  for (let before = -1; before < foreign.size;) {
    before = foreign.size;
    const addresses = new Set([...foreign.keys()].map(({ address }) => address));
    for (const object of found) {
      const reason = foreign.has(object) ? undefined : reasonAgainst(object, grounds, addresses);
      if (reason !== undefined) foreign.set(object, { object, reason, because: "foreign" });
    }
  }
  return foreign;
}

/** What gets its tags by a request after the one that creates it; all others get them at once. */
const taggedLater = ["aws_s3_bucket"];

/**
 * Why an object is not taken for this layer's: what is found by its name or its key alone may be somebody else's, also where its creation was
 * begun here, unless it has the layer's tags. What can have none was created here if that was begun, or if it belongs to something that this
 * environment manages.
 */
function reasonAgainst(
  object: FoundObject,
  { recorded, tags, configured, adopted }: Grounds,
  foreign: ReadonlySet<string>,
): string | undefined {
  const { by, id, address, values, wanted } = object;
  if (by === "record" || by === "tags" || id === adopted) return undefined;
  const isBegun = recorded.some((creation) => creation.address === address);
  if (wanted.values["tags_all"] === undefined)
    return (isBegun && !hasOtherParent(object)) || hasOwnParent(object, configured, foreign)
      ? undefined
      : "nothing says that this environment created it";
  const given = Object(values["tags_all"]) as Readonly<Record<string, unknown>>;
  const isTagged = Object.entries(tags).every(([key, value]) => given[key] === value);
  const isUntaggedYet = isBegun && taggedLater.includes(wanted.type) && Object.keys(given).length === 0;
  return isTagged || isUntaggedYet ? undefined : "it lacks the tags of this layer";
}

function rivalsOf({ address, id, wanted }: FoundObject, found: readonly FoundObject[]): string | undefined {
  const here = found.filter((one) => one.address === address).length;
  if (here > 1) return `${here} objects fit this resource`;
  const elsewhere = found.filter((one) => one.id === id && one.wanted.type === wanted.type).length;
  return elsewhere > 1 ? `it fits ${elsewhere} resources` : undefined;
}

const replaced = "Terraform would replace it, because it differs";

/** Whether Terraform would delete and create it, once imported. */
export function isReplaced({ actions }: FoundObject): boolean {
  return actions.length > 1;
}
