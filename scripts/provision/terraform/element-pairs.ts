import type { PlanSide } from "./plan-side";

/** The indices of an element before and after a change; without one, it is added or removed. */
export interface Pair {
  readonly before?: number;
  readonly after?: number;
}

/** What elements of lists and sets are known by, e.g. a port of a service, a statement, a rule of a web ACL. */
const identities = ["name", "key", "id", "sid", "rule_id", "rule_number", "priority", "device_name"];

/**
 * Which elements of a list or of a set differ. A plan does not say which of the two it is, so elements that are on both
 * sides are left out wherever they are; a change of the order alone has no pairs.
 */
export function pairElements(former: readonly PlanSide[], latter: readonly PlanSide[]): readonly Pair[] {
  const after = new Set(latter.keys());
  const before = new Set<number>();
  for (const [index, side] of former.entries()) {
    const same = [...after].find((other) => latter[other]?.isSame(side));
    if (same === undefined) before.add(index);
    else after.delete(same);
  }
  const pairs = [
    ...take(
      before,
      after,
      (one, other) => one === other && (former[one]?.isScalar ?? false) && (latter[other]?.isScalar ?? false),
    ),
    ...take(before, after, (one, other) => isSameObject(former[one], latter[other])),
    // One object for another: its arguments are compared.
    ...(before.size === after.size ? take(before, after, (one) => former[one]?.isScalar === false) : []),
  ];
  const removed = [...before].map((index) => ({ before: index }));
  const added = [...after].map((index) => ({ after: index }));
  return [...pairs, ...removed, ...added].toSorted((one, other) => position(one) - position(other));
}

function position({ before, after }: Pair): number {
  return after ?? before ?? 0;
}

/** Takes pairs out of both sets. */
function take(
  before: Set<number>,
  after: Set<number>,
  fits: (one: number, other: number) => boolean,
): readonly Pair[] {
  const pairs: Pair[] = [];
  for (const one of before) {
    const other = [...after].find((candidate) => fits(one, candidate));
    if (other === undefined) continue;
    before.delete(one);
    after.delete(other);
    pairs.push({ before: one, after: other });
  }
  return pairs;
}

function isSameObject(one: PlanSide | undefined, other: PlanSide | undefined): boolean {
  const found = [one, other].map((side) => identityOf(side?.value));
  return found[0] !== undefined && found[0] === found[1];
}

function identityOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const known = new Map(Object.entries(value));
  const name = identities.find((key) => ["string", "number"].includes(typeof known.get(key)));
  return name === undefined ? undefined : `${name}=${String(known.get(name))}`;
}
