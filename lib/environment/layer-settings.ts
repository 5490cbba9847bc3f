import type { ConfigFile } from "./config-file";
import type { Environment } from "../layer/environment-schema";
import type { AnyLayer, LayerInputs } from "../layer/layer";
import { problemsOf } from "../layer/waiting-rules";
import type { Path } from "./setting-problem";
import type { PlacedProblem } from "./position";
import { helmValueProblems } from "./helm-value-problems";
import { checkSetting } from "./setting-problems";
import type { SettingProblem } from "./setting-problem";
import { validPart } from "./valid-part";
import { isMap, ownValue, valueAt } from "./value-at";

/** What the settings of layers are checked against. */
export interface SettingsContext extends Pick<AnyLayerInputs, "read" | "now"> {
  readonly file: ConfigFile;
  /** The environment's own fields, as far as they are valid. */
  readonly fields: Partial<Environment>;
  /** The same for rules, which wait when they read what is not valid. */
  readonly environment: Environment;
}

/** The settings of every layer by name, as far as they are valid, and what is wrong with the others. */
export interface LayerSettings {
  readonly settings: ReadonlyMap<string, unknown>;
  readonly problems: readonly PlacedProblem[];
  /** What the layers' own rules accept and warn of. */
  readonly warnings: readonly PlacedProblem[];
}

type AnyLayerInputs = LayerInputs<AnyLayer["settings"], AnyLayer["needs"]>;

/** Checks the settings of every layer, then the layers' own rules wherever all that they look at is valid. */
export function checkLayers(layers: readonly AnyLayer[], context: SettingsContext): LayerSettings {
  const settings = new Map<string, unknown>();
  const readable = new Map<string, unknown>();
  const problems: PlacedProblem[] = [];
  const warnings: PlacedProblem[] = [];
  for (const layer of layers) {
    const profile = layer.scale?.[context.fields.scaleProfile ?? "default"] ?? {};
    const path = ["layers", layer.name];
    const given = merged(profile, written(context.file, path));
    const checked = checkSetting(layer.settings, given, path);
    const unreadable = helmValueProblems(layer.settings, given, { document: context.file.document, path });
    if (checked.ok && unreadable.length === 0) settings.set(layer.name, checked.value);
    readable.set(layer.name, checked.ok ? checked.value : validPart(layer.settings, given));
    const found = [...(checked.ok ? [] : checked.problems), ...unreadable];
    const placed = (problem: SettingProblem) =>
      place(problem, context.file, { layers: { [layer.name]: profile } });
    const inputs = inputsOf(layer, readable, context);
    problems.push(...found.map(placed), ...problemsOf(() => layer.check?.(inputs) ?? []).map(placed));
    warnings.push(...problemsOf(() => layer.warnings?.(inputs) ?? []).map(placed));
  }
  return { settings, problems, warnings };
}

/** A problem with its place; a value that only the scale profile brings stands where the profile is chosen. */
export function place(problem: SettingProblem, file: ConfigFile, fromProfile: unknown = {}): PlacedProblem {
  const chosen: Path = ["scaleProfile"];
  const implied =
    !file.has(problem.path) && valueAt(fromProfile, problem.path) !== undefined && file.has(chosen);
  const position = implied ? file.find(chosen) : file.find(problem.path, problem.part);
  const { path, hint } = problem;
  const text = asWritten(problem, file);
  return {
    path,
    position,
    message: text,
    written: file.written(path),
    ...(hint === undefined ? {} : { hint }),
  };
}

/** `account: 012345678901` is the number 12345678901 for YAML, but not for who wrote it. */
function asWritten({ path, message, quoted }: SettingProblem, file: ConfigFile): string {
  const source = quoted === undefined ? undefined : file.source(path);
  return source === undefined || quoted === undefined ? message : message.replace(quoted, () => source);
}

function written(file: ConfigFile, path: Path): unknown {
  return valueAt(file.data, path);
}

function inputsOf(
  layer: AnyLayer,
  readable: ReadonlyMap<string, unknown>,
  { environment, read, now }: SettingsContext,
): AnyLayerInputs {
  const needed = Object.entries(layer.needs).map(([alias, { name }]) => [alias, readable.get(name)] as const);
  const needs = Object.fromEntries(needed);
  const settings = readable.get(layer.name);
  return { environment, settings, needs, read, now };
}

/** Maps merge, everything else replaces: a file can change one value of what a scale profile brings. */
function merged(profile: unknown, value: unknown): unknown {
  if (value === undefined) return profile;
  if (!isMap(profile) || !isMap(value)) return value;
  const changed = Object.entries(value).map(([key, item]) => [key, merged(ownValue(profile, key), item)]);
  return Object.fromEntries([...Object.entries(profile), ...changed]);
}
