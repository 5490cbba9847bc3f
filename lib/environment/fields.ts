import { z } from "zod";
import { Environment } from "../layer/environment-schema";
import { type Hook, hookProblems, hooks } from "./hooks";
import { version } from "./version";
import type { SettingProblem } from "./setting-problem";
import { checkSetting, unknownKey } from "./setting-problems";

/** Modules of one's own that export further layers. */
export const extensions = z
  .array(z.string().min(1))
  .default([])
  .describe("Modules that export a further layer each, as `layer`; paths relative to this file");

/** Every setting of an environment file but `layers`. */
export const fileSettings = z.strictObject({ version, ...Environment.shape, extensions, hooks });

/** The environment's own fields, as far as they are valid, and what is wrong with the others. */
export interface CheckedFields {
  readonly valid: Partial<Environment>;
  readonly hooks: readonly Hook[];
  readonly problems: readonly SettingProblem[];
}

/** Checks every field of a file alone, so that one mistake hides no other. */
export function checkFields(
  data: Readonly<Record<string, unknown>>,
  layers: readonly string[],
): CheckedFields {
  const problems: SettingProblem[] = [];
  const valid = Object.entries(Environment.shape).flatMap(([name, schema]) => {
    const checked = checkSetting(schema, data[name], [name]);
    if (checked.ok) return [[name, checked.value] as const];
    problems.push(...checked.problems);
    return [];
  });
  const known = [...Object.keys(fileSettings.shape), "layers"];
  problems.push(
    ...checkRest(data, layers),
    ...Object.keys(data)
      .filter((key) => !known.includes(key))
      .map((key) => unknownKey([key], known)),
  );
  const checked = checkSetting(hooks, data["hooks"], ["hooks"]);
  const found = checked.ok ? hooks.parse(checked.value) : [];
  problems.push(...(checked.ok ? [] : checked.problems), ...hookProblems(data["hooks"], layers));
  // Each value comes from the schema of its own name.
  return { valid: Object.fromEntries(valid), hooks: found, problems };
}

function checkRest(
  data: Readonly<Record<string, unknown>>,
  layers: readonly string[],
): readonly SettingProblem[] {
  const listed = checkSetting(extensions, data["extensions"], ["extensions"]);
  const byName = z.record(z.string(), z.unknown()).default({});
  const result = checkSetting(byName, data["layers"], ["layers"]);
  return [
    ...(listed.ok ? [] : listed.problems),
    ...(result.ok ? unknownLayers(byName.parse(result.value), layers) : result.problems),
  ];
}

function unknownLayers(
  given: Readonly<Record<string, unknown>>,
  layers: readonly string[],
): readonly SettingProblem[] {
  const unknown = Object.keys(given).filter((name) => !layers.includes(name));
  return unknown.map((name) => unknownKey(["layers", name], layers, "layer"));
}
