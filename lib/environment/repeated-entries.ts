import { z } from "zod";
import { repeatable } from "../layer/sameness";
import { dotted } from "./dotted-path";
import { entryKey, samenessOf } from "./entry-key";
import type { Path, SettingProblem } from "./setting-problem";
import { formsOf, settingOf } from "./schema-forms";
import { isMap } from "./value-at";

type Schema = z.core.$ZodType;

/**
 * The entries of any list that are equal to an earlier one. An entry becomes a resource of AWS, an argument of one, or a
 * construct; of equal ones, AWS or Terraform refuses the second, or it has no effect.
 */
export function repeatedEntries(schema: Schema, value: unknown, path: Path): readonly SettingProblem[] {
  const others = formsOf(schema);
  if (others !== undefined) return inForms(others, value, path);
  if (schema instanceof z.ZodArray) return Array.isArray(value) ? inList(schema, value, path) : [];
  if (schema instanceof z.ZodTuple) return inTuple(schema, value, path);
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const setting = settingOf(schema, name);
    return setting === undefined ? [] : repeatedEntries(setting, inner, [...path, name]);
  });
}

function inTuple(schema: z.ZodTuple, value: unknown, path: Path): readonly SettingProblem[] {
  if (!Array.isArray(value)) return [];
  const { items, rest } = schema.def;
  const given: readonly unknown[] = value;
  return given.flatMap((entry, index) => {
    const element = items[index] ?? rest;
    return element === null ? [] : repeatedEntries(element, entry, [...path, index]);
  });
}

/** A list can stand in several forms of a union. */
function inForms(forms: readonly Schema[], value: unknown, path: Path): readonly SettingProblem[] {
  const found = forms.flatMap((form) => repeatedEntries(form, value, path));
  return [...new Map(found.map((problem) => [problem.path.join("\n"), problem])).values()];
}

function inList(schema: z.ZodArray, list: readonly unknown[], path: Path): readonly SettingProblem[] {
  const { element } = schema;
  const inner = list.flatMap((entry, index) => repeatedEntries(element, entry, [...path, index]));
  if (repeatable.has(schema) || list.length < 2) return inner;
  const first = new Map<string, number>();
  const repeated = list.flatMap((entry, index) => {
    const key = entryKey(element, entry);
    const earlier = key === undefined ? undefined : first.get(key);
    if (key !== undefined && earlier === undefined) first.set(key, index);
    return earlier === undefined ? [] : [repeats(element, [entry, list[earlier], earlier], [...path, index])];
  });
  return [...inner, ...repeated];
}

function repeats(
  element: Schema,
  [entry, earlier, index]: readonly [entry: unknown, earlier: unknown, index: number],
  path: Path,
): SettingProblem {
  const hint = "Keep one of the two";
  if (isMap(entry)) {
    const { parts } = samenessOf(element);
    const same = parts === undefined ? "is equal to" : `has the ${parts} of`;
    return { path, message: `${same} ${dotted([...path.slice(0, -1), index])}`, hint };
  }
  const before = entry === earlier ? "" : `, before as ${JSON.stringify(earlier)}`;
  return { path, message: `${JSON.stringify(entry)} is listed twice${before}`, hint };
}
