import { parse } from "yaml";
import type { SynthesisedJson } from "../../../synthesis/environment";
import { readReferences } from "../../../synthesis/references";
import type { Resource } from "../../../synthesis/resource";
import type { YamlValue } from "../../yaml";
import { type References, withPlaceholders } from "./placeholder";

/** Values of a Helm release, with placeholders for what only Terraform knows. */
export interface ChartValues {
  readonly release: Resource;
  readonly values: YamlValue;
  readonly references: References;
}

/** Every reader of an environment wants them, and YAML takes long. */
const known = new WeakMap<SynthesisedJson, readonly ChartValues[]>();

/** The values of every Helm release, one entry for each document. */
export function chartValues(synthesised: SynthesisedJson): readonly ChartValues[] {
  const found =
    known.get(synthesised) ??
    synthesised
      .of("helm_release")
      .flatMap((release) =>
        release.texts("values").map((text) => ({ release, ...withoutReferences(synthesised, text) })),
      );
  known.set(synthesised, found);
  return found;
}

const expressions = /(?<!\$)\$\{[^}]*\}/g;

/** A key of an output is in quotes, which would end the text in YAML that the expression is in. */
function withoutReferences(
  synthesised: SynthesisedJson,
  text: string,
): Pick<ChartValues, "values" | "references"> {
  const filled = text.replaceAll(expressions, (found) => literal(synthesised, found) ?? found);
  const { plain, references } = withPlaceholders(filled, expressions);
  // What the parser returns for YAML without tags is such a value.
  return { values: parse(plain.replaceAll("$${", "${")) as YamlValue, references };
}

/** What an expression gives if it is another layer's output, and that is known when it is synthesised. */
function literal(synthesised: SynthesisedJson, expression: string): string | undefined {
  const [reference] = readReferences(expression);
  if (reference === undefined || !("output" in reference)) return undefined;
  const value = synthesised.output(reference.layer, reference.output);
  const found = reference.key === undefined ? value : entryOf(value, reference.key);
  return typeof found === "string" && !found.includes("${") ? found : undefined;
}

/** What a value has under a key; undefined: it is no map, or has no such key. */
export function entryOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}
