import type { ConfigFile } from "./config-file";
import { Environment } from "../layer/environment-schema";
import type { AnyLayer, LayerInputs, Problem } from "../layer/layer";
import type { Path } from "./setting-problem";
import type { PlacedProblem } from "./position";
import { checkSetting } from "./setting-problems";
import type { SettingProblem } from "./setting-problem";

/** What the settings of layers are checked against. */
export interface SettingsContext extends Pick<AnyLayerInputs, "read" | "now"> {
  readonly file: ConfigFile;
  /** The environment's own fields, as far as they are valid. */
  readonly fields: Partial<Environment>;
}

/** The settings of every layer by name, as far as they are valid, and what is wrong with the others. */
export interface LayerSettings {
  readonly settings: ReadonlyMap<string, unknown>;
  readonly problems: readonly PlacedProblem[];
}

type AnyLayerInputs = LayerInputs<AnyLayer["settings"], AnyLayer["needs"]>;

/** Checks the settings of every layer, then the layers' own rules wherever all that they look at is valid. */
export function checkLayers(layers: readonly AnyLayer[], context: SettingsContext): LayerSettings {
  const settings = new Map<string, unknown>();
  const problems: PlacedProblem[] = [];
  for (const layer of layers) {
    const profile = layer.scale?.[context.fields.scaleProfile ?? "default"] ?? {};
    const path = ["layers", layer.name];
    const checked = checkSetting(layer.settings, merged(profile, written(context.file, path)), path);
    if (checked.ok) settings.set(layer.name, checked.value);
    const found = checked.ok ? ruleProblems(layer, settings, context) : checked.problems;
    problems.push(
      ...found.map((problem) => place(problem, context.file, { layers: { [layer.name]: profile } })),
    );
  }
  return { settings, problems };
}

/** A problem with its place; a value that only the scale profile brings stands where the profile is chosen. */
export function place(problem: SettingProblem, file: ConfigFile, fromProfile: unknown = {}): PlacedProblem {
  const chosen: Path = ["scaleProfile"];
  const implied =
    !file.has(problem.path) && valueAt(fromProfile, problem.path) !== undefined && file.has(chosen);
  const position = implied ? file.find(chosen) : file.find(problem.path, problem.part);
  return { ...problem, position, written: file.written(problem.path) };
}

function written(file: ConfigFile, path: Path): unknown {
  return valueAt(file.data, path);
}

function ruleProblems(
  layer: AnyLayer,
  settings: ReadonlyMap<string, unknown>,
  { fields, read, now }: SettingsContext,
): readonly Problem[] {
  const environment = Environment.safeParse(fields);
  const needed = Object.entries(layer.needs).map(([alias, { name }]) => [alias, name] as const);
  if (!environment.success || !needed.every(([, name]) => settings.has(name))) return [];
  const needs = Object.fromEntries(needed.map(([alias, name]) => [alias, settings.get(name)]));
  const own = settings.get(layer.name);
  return layer.check?.({ environment: environment.data, settings: own, needs, read, now }) ?? [];
}

/** Maps merge, everything else replaces: a file can change one value of what a scale profile brings. */
function merged(profile: unknown, value: unknown): unknown {
  if (value === undefined) return profile;
  if (!isMap(profile) || !isMap(value)) return value;
  const changed = Object.entries(value).map(([key, item]) => [key, merged(own(profile, key), item)]);
  return Object.fromEntries([...Object.entries(profile), ...changed]);
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((found, segment) => own(found, segment), value);
}

function own(value: unknown, key: string | number): unknown {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return new Map<string, unknown>(entries).get(String(key));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
