import { type Document, isNode, isScalar, LineCounter, type Node } from "yaml";
import { readDocument } from "./document";
import type { Conflict } from "./document-editor";
import { migrate, type Migrated } from "./migrate";
import { type Migration, migrations } from "./migrations";
import { dotted } from "./dotted-path";
import type { Path } from "./setting-problem";
import { type PlacedProblem, type Position, positionAt } from "./position";
import { offsetOf, pathsByNode, trail } from "./trail";
import { versionOf } from "./version";
import { readability } from "./yaml-problems";

/** A YAML file in the current version of its format, which remembers where each of its values was written, and how. */
export interface ConfigFile {
  /** The file's map; undefined when the file is not one map, cannot be read as YAML, or is of an unknown version. */
  readonly data: Readonly<Record<string, unknown>> | undefined;
  readonly document: Document;
  readonly problems: readonly PlacedProblem[];
  /** Undefined when nothing had to be changed. */
  readonly migrated: Migrated | undefined;
  has(path: Path): boolean;
  /** Where a setting stands: its value when that is a scalar, else its key; the nearest parent when it is absent. */
  find(path: Path, part?: "key" | "value"): Position;
  /** The value of a setting as it is written; undefined when it is no scalar, or not written. */
  source(path: Path): string | undefined;
  /** The path by which the file as it was written names a setting. */
  written(path: Path): Path;
}

/** Reads a YAML file of any known version; what is wrong with it is returned, not thrown. */
export function parseConfigFile(text: string, known: readonly Migration[] = migrations): ConfigFile {
  const lines = new LineCounter();
  const document = readDocument(text, lines);
  const { readable, problems } = readability(document, text, lines);
  const find = (path: Path, part?: "key" | "value") => positionAt(offsetOf(document, path, part), lines);
  const has = (path: Path) => trail(document, path).length === path.length;
  const source = (path: Path) => sourceOf(document, path);
  const unchanged = { document, has, find, source, written: (path: Path) => path, migrated: undefined };
  if (!readable) return { ...unchanged, data: undefined, problems };
  const data = plainData(document);
  const stated = versionOf(data, known.length);
  if ("problem" in stated) {
    const position = find(["version"]);
    return { ...unchanged, data: undefined, problems: [...problems, { ...stated.problem, position }] };
  }
  if (stated.version === known.length) return { ...unchanged, data, problems };
  const paths = pathsByNode(document);
  const migrated = migrate(document, stated.version, known);
  const refused = migrated.conflicts.map((conflict) => conflictProblem(conflict, paths, lines));
  return {
    ...unchanged,
    data: plainData(document),
    problems: [...problems, ...refused],
    migrated,
    written: (path) => writtenPath(document, path, paths),
  };
}

function plainData(document: Document): Record<string, unknown> {
  // The caller has seen that the content is a map, and toJS turns a map into an object.
  return document.toJS() as Record<string, unknown>;
}

/** A value as the file writes it, which YAML may read as something else: `012` is the number 12. */
function sourceOf(document: Document, path: Path): string | undefined {
  const steps = trail(document, path);
  const value = steps.at(-1)?.value;
  return steps.length === path.length && isScalar(value) ? value.source : undefined;
}

/** The path that the nearest node had before the migrations, with what lies below it. */
function writtenPath(document: Document, path: Path, paths: ReadonlyMap<Node, Path>): Path {
  const before = trail(document, path).map(
    ({ key, value }) => beforeOf(key, paths) ?? beforeOf(value, paths),
  );
  const nearest = before.findLastIndex((found) => found !== undefined);
  return [...(before[nearest] ?? []), ...path.slice(nearest + 1)];
}

function beforeOf(node: unknown, paths: ReadonlyMap<Node, Path>): Path | undefined {
  return isNode(node) ? paths.get(node) : undefined;
}

/** Two settings that have become one, or one that has no place to go. */
function conflictProblem(
  { key, taken, to }: Conflict,
  paths: ReadonlyMap<Node, Path>,
  lines: LineCounter,
): PlacedProblem {
  const path = beforeOf(key, paths) ?? to;
  const position = positionAt(isNode(key) ? (key.range?.[0] ?? 0) : 0, lines);
  if (taken === undefined) {
    const message = `is ${dotted(to)} now, but what the file has above that is not a map`;
    return { path, position, message, hint: `Correct ${dotted(to.slice(0, -1))}` };
  }
  const message = `is the same setting as ${dotted(beforeOf(taken, paths) ?? to)}, which the file has as well`;
  return { path, position, message, hint: "Remove one of the two" };
}
