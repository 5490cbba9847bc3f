import { readReferences } from "../../synthesis/references";
import type { YamlObject, YamlValue } from "../yaml";
import { entryOf } from "./provided/chart-values";
import type { HandedOver } from "./provided/handed-over";
import { placeholdersOf } from "./provided/placeholder";

/** Outputs of applied layers, by layer and name. */
export type AppliedOutputs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A value that nobody knows before a layer is applied. */
interface UnknownValue {
  /** Its path in the values, e.g. `argo.aws.efs.fsid`. */
  readonly value: string;
  readonly layer: string;
  /** Output of the layer, with its key: `targetGroupArns.traefik`. */
  readonly output: string;
}

/** What stands for such a value, as in Terraform's plans. */
const knownAfterApply = "(known after apply)";

/** The values that are handed over, with outputs of applied layers in the places of references, and those that are unknown. */
export function knownValues(
  { values, references }: Pick<HandedOver, "values" | "references">,
  outputs: AppliedOutputs,
): { readonly values: YamlObject; readonly unknown: readonly UnknownValue[] } {
  const unknown: UnknownValue[] = [];
  const placeholder = placeholdersOf(references);
  const text = (given: string, path: readonly string[]): string => {
    const read = [...given.matchAll(placeholder)].map(([, index]) =>
      resolved(references.expressions[Number(index)] ?? "", outputs),
    );
    const missing = read.flatMap((one) => one.missing);
    unknown.push(...missing.map((one) => ({ value: path.join("."), ...one })));
    if (read.some(({ found }) => found === undefined)) return knownAfterApply;
    return given.replaceAll(placeholder, () => read.shift()?.found ?? "");
  };
  return { values: mapped(values, text), unknown };
}

/** The layers whose outputs are in the values. */
export function layersBehind(handedOver: Pick<HandedOver, "values" | "references">): readonly string[] {
  return [...new Set(knownValues(handedOver, {}).unknown.map(({ layer }) => layer))];
}

/** One output of another layer, as cdktf writes it. */
const oneOutput = /^\$\{data\.terraform_remote_state\.[\w-]+\.outputs\.[\w."[\]-]+\}$/;

/** The text of an expression that is one output; of any other, the outputs that it reads. */
function resolved(
  expression: string,
  outputs: AppliedOutputs,
): { readonly found?: string; readonly missing: readonly Omit<UnknownValue, "value">[] } {
  const read = readReferences(expression).flatMap((reference) => ("output" in reference ? [reference] : []));
  const [only] = read;
  if (only !== undefined && oneOutput.test(expression)) {
    const value = outputs[only.layer]?.[only.output];
    const found = only.key === undefined ? value : entryOf(value, only.key);
    if (typeof found === "string") return { found, missing: [] };
  }
  return {
    missing: read.map(({ layer, output, key }) => ({
      layer,
      output: key === undefined ? output : `${output}.${key}`,
    })),
  };
}

function mapped(value: YamlObject, text: (given: string, path: readonly string[]) => string): YamlObject {
  const inside = (given: YamlValue, path: readonly string[]): YamlValue => {
    if (typeof given === "string") return text(given, path);
    if (typeof given !== "object" || given === null) return given;
    if (Array.isArray(given))
      return given.map((item: YamlValue, index) => inside(item, [...path, String(index)]));
    return Object.fromEntries(
      Object.entries(given).map(([key, item]) => [key, inside(item, [...path, key])]),
    );
  };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inside(item, [key])]));
}
