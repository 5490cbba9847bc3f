import type { YamlValue } from "../yaml";
import { namespaceOf, type RenderedApplication } from "./application";
import type { Expectation, Kind, Thing } from "./expectation";
import { type TextRule, textRules } from "./text-rules";
import { endsWith, holds, valuesBelow } from "./value-lookup";
import { type PlacedValue, placedValues } from "./value-paths";
import { placedSecrets, type ValueRule, valueRules } from "./value-rules";

/** What an application expects, as far as it shows in what the chart of the applications renders. */
export function expectationsOf(
  application: RenderedApplication,
  { domain }: { readonly domain: string },
): readonly Expectation[] {
  const { name, wave, namespace, createsNamespace, values } = application;
  const placed = placedValues(values);
  const found = [
    ...thingsByRules(placed, valueRules, namespaceOf(application)),
    ...placed.flatMap((value) => thingsInText(value, textRules(domain))),
    ...(createsNamespace ? [] : [{ kind: "namespace", name: namespace, path: ["destination"] } as const]),
  ];
  return found.map(({ path, ...thing }) => ({
    ...thing,
    application: name,
    wave,
    source: `values: ${path.join(".")}`,
  }));
}

interface FoundThing extends Thing {
  readonly path: readonly string[];
}

/** What rules find in the values of an application. */
export function thingsByRules(
  placed: readonly PlacedValue[],
  rules: readonly ValueRule[],
  namespace: string,
): readonly FoundThing[] {
  return rules.flatMap((rule) =>
    placed.flatMap((found) => (endsWith(found.path, rule.at) ? thingsAt(found, rule, namespace) : [])),
  );
}

function thingsAt({ value, path }: PlacedValue, rule: ValueRule, namespace: string): readonly FoundThing[] {
  if (rule.where !== undefined && !holds(value, rule.where)) return [];
  if (rule.unless !== undefined && holds(value, rule.unless)) return [];
  const read = (rule.keys ?? []).flatMap((at) => textsBelow(value, at));
  const keys = [...new Set([...read, ...(rule.alwaysKeys ?? [])])].sort();
  const own = (rule.namespace ?? []).flatMap((at) => textsBelow(value, at))[0] ?? namespace;
  return valuesBelow(value, rule.name).flatMap((found) => {
    if (typeof found.value !== "string" || found.value === "") return [];
    const given = { kind: rule.kind, path: [...path, ...found.path] };
    const name = nameOf(given, found.value, own);
    return [keys.length === 0 ? { ...given, name } : { ...given, name, keys }];
  });
}

const inNamespaces: readonly Kind[] = ["secret", "config-map", "service-account", "pod-role"];

function nameOf({ kind, path }: Pick<FoundThing, "kind" | "path">, name: string, namespace: string): string {
  if (kind === "node-label") return `${path.at(-1) ?? ""}=${name}`;
  if (!inNamespaces.includes(kind)) return name;
  return `${(kind === "secret" ? placedSecrets[name] : undefined) ?? namespace}/${name}`;
}

function textsBelow(value: YamlValue, keys: string): readonly string[] {
  return valuesBelow(value, keys).flatMap((found) => (typeof found.value === "string" ? [found.value] : []));
}

function thingsInText({ value, path }: PlacedValue, rules: readonly TextRule[]): readonly FoundThing[] {
  if (typeof value !== "string") return [];
  // Of slashes in the parameters of a URL.
  const text = value.replaceAll(/%2F/gi, "/");
  return rules
    .filter(({ except }) => except === undefined || !endsWith(path, except))
    .flatMap(({ kind, pattern }) =>
      [...text.matchAll(pattern)].map(([, name = ""]) => ({ kind, name: name.replace(/\.$/, ""), path })),
    );
}
