import { dirname, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { ConfigError } from "./config-error";
import { type ConfigFile, parseConfigFile } from "./config-file";
import { checkFields, extensions } from "./fields";
import type { Hook } from "./hooks";
import type { Migrated } from "./migrate";
import type { Migration } from "./migrations";
import { environmentProblems } from "./rules";
import type { UserError } from "../errors";
import { Environment } from "../layer/environment-schema";
import type { AnyLayer, Problem } from "../layer/layer";
import type { PlacedProblem } from "./position";
import { readableFields } from "./readable-fields";
import { checkLayers, place } from "./layer-settings";
import type { Path } from "./setting-problem";
import { secretProblems } from "./secret-values";

/** An environment file, checked and completed with every default. */
export interface LoadedEnvironment {
  readonly environment: Environment;
  /** Checked settings by layer name. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly hooks: readonly Hook[];
  /** What is accepted and worth knowing. */
  readonly warnings: readonly PlacedProblem[];
  /** Undefined when the file is of the current version. */
  readonly migrated?: Migrated | undefined;
}

/** An environment file and what it may refer to. */
export interface EnvironmentSource {
  /** How the file is called in messages, e.g. `configs/dev.yaml`. */
  readonly file: string;
  readonly text: string;
  /** The text, parsed already; by default, it is parsed here. */
  readonly parsed?: ConfigFile;
  /** Reads a file named in it, relative to it; undefined when it cannot be read. */
  readonly read: (path: string) => string | undefined;
  readonly now: Date;
  /** The environment that the file is named after, which must be the one in it; by default, the name is free. */
  readonly namedAfter?: string;
  /** Extensions that cannot be loaded, by their place in the list; which settings their layers have is not known. */
  readonly missing?: readonly { readonly index: number; readonly error: UserError }[];
  /** Loads the file although settings of layers are wrong; these are not among the `settings` then. */
  readonly invalidLayers?: boolean;
  /** Default: those of this release. */
  readonly migrations?: readonly Migration[];
}

/** Checks an environment file against every layer. Throws a `ConfigError` that lists all of its problems. */
export function loadEnvironment(layers: readonly AnyLayer[], source: EnvironmentSource): LoadedEnvironment {
  const file = source.parsed ?? parseConfigFile(source.text, source.migrations);
  if (file.data === undefined) throw new ConfigError(source.file, file.problems);
  const names = layers.map(({ name }) => name);
  const fields = checkFields(file.data, names);
  const wrong = environmentProblems(readableFields(file.data, "any"));
  const environment = readableFields(withoutWrongZones(file.data, [...fields.problems, ...wrong]));
  const checked = checkLayers(layers, { ...source, file, fields: fields.valid, environment });
  const secrets = secretProblems(file.data);
  const missing = source.missing ?? [];
  const known = fields.problems.filter(({ path }) => missing.length === 0 || !isOfUnknownLayer(path, names));
  const own = [
    ...missing.map(missingExtension).filter(({ path }) => !isAmong(fields.problems, path)),
    ...wrong,
    ...otherName(fields.valid, source),
  ];
  const found = [...known, ...own].map((problem) => place(problem, file));
  // Whatever else is wrong with a secret would quote it.
  const others = [...found, ...checked.problems].filter(
    ({ path }) => !secrets.some((secret) => isDeepStrictEqual(secret.path, path)),
  );
  const problems = [...file.problems, ...secrets.map((secret) => place(secret, file)), ...others];
  const onlyLayers = problems.every((problem) => checked.problems.includes(problem));
  if (problems.length > 0 && !(onlyLayers && source.invalidLayers === true))
    throw new ConfigError(source.file, problems, onlyLayers ? file.migrated : undefined);
  const settings = Object.fromEntries(checked.settings);
  return {
    environment: Environment.parse(fields.valid),
    settings,
    hooks: fields.hooks,
    warnings: checked.warnings,
    migrated: file.migrated,
  };
}

/** An entry that is written as an earlier one is reported by its schema. */
function isAmong(problems: readonly Problem[], path: Path): boolean {
  return problems.some((problem) => isDeepStrictEqual(problem.path, path));
}

function missingExtension({ index, error }: NonNullable<EnvironmentSource["missing"]>[number]): Problem {
  const message = error.message
    .replace(/^Cannot load extension /, "cannot load ")
    .replace(/^Cannot order layers: /, "");
  return { path: ["extensions", index], message, hint: error.hint };
}

/** What follows from wrong zones, such as equal names of node groups, waits until the zones are right. */
function withoutWrongZones(
  data: Readonly<Record<string, unknown>>,
  problems: readonly Problem[],
): Readonly<Record<string, unknown>> {
  return problems.some(({ path: [first] }) => first === "zones") ? { ...data, zones: undefined } : data;
}

function isOfUnknownLayer([first, layer]: Path, names: readonly string[]): boolean {
  return first === "layers" && typeof layer === "string" && !names.includes(layer);
}

/** The name decides which state is used: a copied file that kept it would change the other environment. */
function otherName(
  { name }: Partial<Environment>,
  { file, namedAfter }: EnvironmentSource,
): readonly Problem[] {
  if (name === undefined || namedAfter === undefined || name === namedAfter) return [];
  const message = `"${name}" is not what the file is named after, "${namedAfter}"`;
  const hint = `Write name: ${namedAfter}, or rename the file to ${name}.yaml: the name decides whose state ${file} is applied to`;
  return [{ path: ["name"], message, hint }];
}

/** Modules that a file asks for besides the built-in layers, as absolute paths; each exports a `layer`. */
export function extensionPaths(
  source: Pick<EnvironmentSource, "file"> & { readonly parsed: ConfigFile },
): readonly string[] {
  const listed = extensions.safeParse(source.parsed.data?.["extensions"]);
  // What is wrong with the list is reported with everything else, by loadEnvironment.
  return listed.success ? listed.data.map((path) => resolve(dirname(source.file), path)) : [];
}
