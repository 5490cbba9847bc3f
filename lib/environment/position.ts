import type { LineCounter } from "yaml";
import type { Path } from "./setting-problem";

/** A place in a file, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A problem whose place in the file is known. */
export interface PlacedProblem {
  readonly position: Position;
  /** By the names of the current version. */
  readonly path: Path;
  /** By the names that the file uses; the same as `path` when absent. */
  readonly written?: Path;
  readonly message: string;
  readonly hint?: string;
}

/** The line and column of an offset into a text. */
export function positionAt(offset: number, lines: LineCounter): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}
