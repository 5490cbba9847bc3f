/**
 * Reduces what was learned about every type of a provider to the types that are worth keeping here.
 *
 *   ts-node rehearsal/facts/reduce.ts PROVIDER VERSION FOLDER TYPE... > rehearsal/facts/PROVIDER.json
 *
 * The folder holds `PROVIDER.knowledge.json` (what forces replacement, defaults, blocks that the service fills in),
 * `PROVIDER.values.json` (what the validators of the provider said) and `overlay.json` (marks of the schema).
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ruleFrom, type Observation } from "./observation";
import type { TypeFacts } from "./learned";

type Observed = Record<string, Observation> & { $conflicts?: [string, string][] };
type Full<Value> = Partial<Record<string, Value>>;

const [provider = "", version = "", folder = "", ...types] = process.argv.slice(2);

// The files are written by the learning tools, which fix their shapes.
const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), "utf8"));
const knowledge = read(`${provider}.knowledge.json`) as Full<TypeFacts["knowledge"]>;
const observed = read(`${provider}.values.json`) as Full<Observed>;
const overlay = read("overlay.json") as NonNullable<TypeFacts["marks"]>;

function appliedOutputs(type: string): TypeFacts {
  const { $conflicts = [], ...observations } = observed[type] ?? {};
  const rules = Object.entries(observations).flatMap(([path, observation]) => {
    const rule = path === "id" ? undefined : ruleFrom(observation, path);
    return rule ? [[path, rule] as const] : [];
  });
  const marks = Object.entries(overlay).filter(([path]) => path.startsWith(`${type}.`));
  const id: Observation | undefined = observations["id"];
  return {
    ...(knowledge[type] && { knowledge: knowledge[type] }),
    ...(id?.other?.startsWith("Invalid or unknown key") && { idIsRefused: true }),
    ...(rules.length > 0 && { rules: Object.fromEntries(rules) }),
    ...($conflicts.length > 0 && { conflicts: $conflicts }),
    ...(marks.length > 0 && { marks: Object.fromEntries(marks) }),
  };
}

const named = [...new Set(types)].sort().map((type) => [type, appliedOutputs(type)] as const);
const known = named.filter(([, facts]) => Object.keys(facts).length > 0);
// One line a type keeps the differences between two versions readable.
const lines = known.map(([type, facts]) => `${JSON.stringify(type)}: ${JSON.stringify(facts)}`);
process.stdout.write(
  `{"providerVersion": ${JSON.stringify(version)}, "types": {\n${lines.join(",\n")}\n}}\n`,
);
