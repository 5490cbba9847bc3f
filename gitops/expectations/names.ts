import type { Thing } from "./expectation";

/** Names of one environment that are parts of what its platform expects. */
export interface EnvironmentNames {
  readonly environment: string;
  readonly domain: string;
  readonly account: string;
  readonly partition: string;
  /** What ARNs of roles begin with, e.g. `arn:aws:iam::111122223333:role/`. */
  readonly roles: string;
  /** What names of buckets begin with. */
  readonly bucketPrefix: string;
}

/** A text with an environment's names for those in braces. */
export function fillIn(text: string, names: EnvironmentNames): string {
  const known: Readonly<Record<string, string>> = { ...names };
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => known[name] ?? whole);
}

/** A thing with an environment's names for those in braces. */
export function filledIn<Some extends Thing>(thing: Some, names: EnvironmentNames): Some {
  const name = fillIn(thing.name, names);
  return thing.keys === undefined
    ? { ...thing, name }
    : { ...thing, name, keys: thing.keys.map((key) => fillIn(key, names)) };
}
