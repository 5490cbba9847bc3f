import type { Quota } from "../../lib/layer/quotas";
import type { SynthesisedJson } from "../../synthesis/environment";
import type { DeclaringLayer } from "../context";
import type { QuotaCount } from "./quota-counts";

/** What the resources of a layer take of one quota. */
interface Declared {
  readonly layer: string;
  readonly type: string;
  readonly quota: Quota;
  readonly needed: number;
}

/**
 * Adds what layers declare to the counts of the shared table. What is known of a quota first is used, and the shared table is
 * first: a declaration that contradicts it is noted. A type that the table counts for a quota is not counted twice.
 */
export function addDeclared(
  shared: readonly QuotaCount[],
  synthesised: SynthesisedJson,
  layers: readonly DeclaringLayer[],
): { readonly counts: readonly QuotaCount[]; readonly notes: readonly string[] } {
  const counts = new Map(shared.map((count) => [keyOf(count.quota), count]));
  const notes: string[] = [];
  for (const declared of layers.flatMap((layer) => declaredBy(layer, synthesised))) {
    const { quota, type, needed } = declared;
    const known = counts.get(keyOf(quota)) ?? { quota, types: [], needed: 0 };
    if (contradicts(quota, known.quota)) notes.push(noteOf(declared, known.quota));
    const isCounted = shared.some(
      (count) => keyOf(count.quota) === keyOf(quota) && count.types.includes(type),
    );
    counts.set(keyOf(quota), isCounted ? known : { ...known, needed: known.needed + needed });
  }
  return { counts: [...counts.values()], notes };
}

function declaredBy(
  { name, quotas = {} }: DeclaringLayer,
  synthesised: SynthesisedJson,
): readonly Declared[] {
  return Object.entries(quotas).flatMap(([type, uses]) => {
    const resources = synthesised.of(type).filter(({ layer }) => layer === name);
    return uses.map(({ quota, amount = () => 1 }) => ({
      layer: name,
      type,
      quota,
      needed: resources.reduce((sum, { given }) => sum + amount(given), 0),
    }));
  });
}

function keyOf({ service, code }: Quota): string {
  return `${service}/${code}`;
}

function contradicts(one: Quota, other: Quota): boolean {
  return one.default !== other.default || one.scope !== other.scope;
}

function noteOf({ layer, quota }: Declared, used: Quota): string {
  const textOf = (described: Quota) => `${described.default} for each ${described.scope}`;
  return `The default of ${keyOf(quota)} is taken as ${textOf(used)}, not as ${textOf(quota)}, which layer "${layer}" declares`;
}
