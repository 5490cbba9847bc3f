import type { Environment } from "../../lib/layer/environment-schema";
import type { SynthesisedJson } from "../../synthesis/environment";
import type { Resource } from "../../synthesis/resource";

/** What the ARNs of an environment are made of. */
export type Place = Pick<Environment, "name" | "partition" | "account" | "region" | "state">;

/** Fills an ARN of `Rights` in for one resource; what only AWS knows becomes `*`. */
export function arnOf(
  pattern: string,
  resource: Resource,
  given: { document: SynthesisedJson; place: Place },
): string {
  const { partition, account, name } = given.place;
  const known = new Map([
    ["account", account],
    ["env", name],
    ["region", regionOf(resource, given.place)],
  ]);
  const filled = pattern.replace(
    /\{(\w+)\}/g,
    (_, word: string) => known.get(word) ?? literal(resource, word, given.document) ?? "*",
  );
  return `arn:${partition}:${filled}`;
}

/** A resource in another region says so by its provider, `aws.us-east-1`. */
export function regionOf(resource: Resource, { region }: Place): string {
  const [, alias = region] = (resource.texts("provider")[0] ?? "").split(".");
  return alias;
}

/** An argument that is written out, here or in the resource that it refers to. */
function literal(resource: Resource, word: string, document: SynthesisedJson): string | undefined {
  const referred = document
    .targets(resource, word)
    .flatMap((target) => [...target.texts(word), ...target.texts("name")]);
  return [...resource.texts(word), ...referred].find((text) => !text.includes("${"));
}
