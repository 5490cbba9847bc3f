import type { Attributes } from "../engine/behaviour";
import { problem, type Diagnostic } from "../engine/diagnostic";
import { isRecord, isUnset } from "../engine/record";
import { isUnknown } from "../engine/unknown";
import type { TypeFacts } from "./learned";
import { violation } from "./rule";

/**
 * Checks configured values against the learned rules. Lists of accepted values grow from version to version, so
 * one that was learned from another version than the served one is a warning.
 */
export function checkValues(
  facts: TypeFacts,
  config: Attributes,
  sameVersion: boolean,
): readonly Diagnostic[] {
  return [
    ...brokenRules(facts, config, sameVersion),
    ...conflicts(facts, config),
    ...configuredId(facts, config),
  ];
}

function brokenRules(
  { rules = {} }: TypeFacts,
  config: Attributes,
  sameVersion: boolean,
): readonly Diagnostic[] {
  return Object.entries(rules).flatMap(([path, rule]) =>
    valuesAt(config, path.split(".")).flatMap((value) => {
      const summary = violation(path, value, rule);
      if (summary === undefined) return [];
      const broken = problem(summary, undefined, path.split(".").slice(0, 1));
      return rule.oneOf && !sameVersion ? [{ ...broken, severity: "warning" as const }] : [broken];
    }),
  );
}

function conflicts({ conflicts: pairs = [] }: TypeFacts, config: Attributes): readonly Diagnostic[] {
  return pairs
    .filter((pair) => pair.every((name) => isSet(config[name])))
    .map(([one, other]) =>
      problem("Conflicting configuration arguments", `"${one}": conflicts with ${other}`, [one]),
    );
}

function configuredId({ idIsRefused = false }: TypeFacts, { id }: Attributes): readonly Diagnostic[] {
  return idIsRefused && isSet(id) ? [problem("Invalid or unknown key", undefined, ["id"])] : [];
}

/** An empty list of blocks is how the wire says that there is none. */
const isSet = (value: unknown): boolean => !isUnset(value) && !(Array.isArray(value) && value.length === 0);

/** The known texts and numbers at a path, through every element of the lists on the way. */
function valuesAt(value: unknown, path: readonly string[]): readonly (string | number)[] {
  if (isUnset(value) || isUnknown(value)) return [];
  if (Array.isArray(value)) return value.flatMap((element) => valuesAt(element, path));
  const [name, ...rest] = path;
  if (name !== undefined) return isRecord(value) ? valuesAt(value[name], rest) : [];
  return typeof value === "string" || typeof value === "number" ? [value] : [];
}
