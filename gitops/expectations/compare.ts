import type { Expectation, Kind, Provision } from "./expectation";
import type { PlatformExpectations } from "./expected";

/** Something that the platform expects and that does not exist, or not with all of its parts. */
export interface Finding {
  readonly kind: Kind;
  readonly name: string;
  /** Parts that are missing, of something that exists. */
  readonly missingKeys?: readonly string[];
  /** The applications, in the order of their waves. */
  readonly expectedBy: readonly string[];
  /** The first wave with such an application. */
  readonly wave: number;
  readonly source: string;
  /** What exists instead. */
  readonly provided?: string;
}

/** What is expected and not provided, in the order of waves. */
export function findingsOf(
  { expectations, made }: Pick<PlatformExpectations, "expectations" | "made">,
  provided: readonly Provision[],
): readonly Finding[] {
  const all = [...provided, ...made];
  const byThing = new Map<string, readonly Expectation[]>();
  for (const expectation of expectations) {
    const thing = `${expectation.kind} ${expectation.name}`;
    byThing.set(thing, [...(byThing.get(thing) ?? []), expectation]);
  }
  return [...byThing.values()]
    .flatMap((expected) => findingOf(expected, all))
    .toSorted((a, b) => a.wave - b.wave);
}

function findingOf(expected: readonly Expectation[], all: readonly Provision[]): readonly Finding[] {
  const inOrder = expected.toSorted((a, b) => a.wave - b.wave);
  const [first] = inOrder;
  if (first === undefined) return [];
  const { kind, name, wave, source } = first;
  const wanted = [...new Set(expected.flatMap(({ keys = [] }) => keys))].sort();
  const expectedBy = [...new Set(inOrder.map(({ application }) => application))];
  const found = { kind, name, expectedBy, wave, source };
  const same = all.filter((provision) => provision.kind === kind && isNamed(provision, name));
  const [existing] = same;
  if (existing === undefined) return [{ ...found, ...nearest(kind, name, all) }];
  if (same.some(({ keys }) => keys === undefined)) return [];
  const missingKeys = wanted.filter((key) => !same.some(({ keys = [] }) => keys.includes(key)));
  return missingKeys.length === 0 ? [] : [{ ...found, missingKeys, provided: describe(existing) }];
}

/** A record for `*` is one for every name with one label below the domain: https://www.rfc-editor.org/rfc/rfc4592#section-2.1.1 */
function isNamed({ kind, name }: Provision, wanted: string): boolean {
  return name === wanted || (kind === "host" && name === "*" && /^[^.]+$/.test(wanted));
}

/** The provision whose name ends or begins alike: a bucket with another prefix, a Secret in another namespace. */
function nearest(kind: Kind, name: string, all: readonly Provision[]): { readonly provided?: string } {
  const last = (text: string) => text.split("/").at(-1) ?? text;
  const alike = all.find(
    (provision) =>
      provision.kind === kind &&
      (last(provision.name) === last(name) || (kind === "bucket" && sharesEnd(provision.name, name))),
  );
  return alike === undefined ? {} : { provided: describe(alike) };
}

/** Whether the last three words of names agree, e.g. fm-loki-admin. */
function sharesEnd(one: string, other: string): boolean {
  const end = (name: string) => name.split("-").slice(-3).join("-");
  return end(one) === end(other);
}

function describe({ name, by, keys }: Provision): string {
  return `${name}${keys === undefined || keys.length === 0 ? "" : ` (${keys.join(", ")})`} by ${by}`;
}
