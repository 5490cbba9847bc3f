import { parentArguments } from "../../../../lib/aws-facts/parent-arguments";
import type { SynthesisedJson } from "../../../../synthesis/environment";
import type { FoundObject } from "./find-objects";

/** What an environment was synthesised to, and the layer in it whose objects are looked for. */
export interface Configured {
  readonly environment: SynthesisedJson;
  readonly layer: string;
}

/**
 * Whether an object belongs to one that this environment manages: its argument refers to a resource of it, also of another layer,
 * and the object that was found has the value that is planned. `foreign` are addresses of the layer whose objects are somebody else's.
 */
export function hasOwnParent(
  { address, values, planned, wanted: { type } }: FoundObject,
  { environment, layer }: Configured,
  foreign: ReadonlySet<string>,
): boolean {
  // Of the environment's own cluster, which nothing else is reached by.
  if (/^(helm|kubernetes)_/.test(type)) return true;
  const argument = parentArguments[type];
  if (argument === undefined || values[argument] !== planned[argument]) return false;
  const resource = environment.resources.find(
    (one) => one.layer === layer && one.address === withoutKey(address),
  );
  const parents = resource === undefined ? [] : environment.targets(resource, argument);
  return parents.length > 0 && !parents.some((one) => one.layer === layer && foreign.has(one.address));
}

/** Whether an object belongs to another one than what is planned, as far as that is known. */
export function hasOtherParent({ values, planned, wanted: { type } }: FoundObject): boolean {
  const argument = parentArguments[type];
  if (argument === undefined) return false;
  const [wanted, given] = [planned[argument], values[argument]];
  return wanted !== undefined && given !== undefined && wanted !== given;
}

/** The addresses of the same layer that an object needs, directly or through others. */
export function needsOf(address: string, { environment, layer }: Configured): ReadonlySet<string> {
  const own = new Map(
    environment.resources.flatMap((one) => (one.layer === layer ? [[one.address, one] as const] : [])),
  );
  const found = new Set([withoutKey(address)]);
  for (const one of found)
    for (const [needed] of JSON.stringify(own.get(one)?.given ?? {}).matchAll(/[a-z][a-z0-9_]*\.[\w-]+/g))
      if (own.has(needed)) found.add(needed);
  found.delete(withoutKey(address));
  return found;
}

function withoutKey(address: string): string {
  return address.replace(/\[.*\]$/, "");
}
