import type { Path, PlacedProblem } from "./config-file";
import { exitCodes, UserError } from "../errors";
import { withoutUrlUsers } from "./secret-values";

/** Everything that is wrong with one environment file, in the order of its lines. */
export class ConfigError extends UserError {
  constructor(
    readonly file: string,
    problems: readonly PlacedProblem[],
  ) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const list = problems.toSorted(byPosition).map((problem) => describe(file, problem));
    super(
      [`Cannot use ${file}: it has ${count}`, ...list].join("\n"),
      `Correct ${file} and run the command again; configs/example.yaml explains every setting`,
      exitCodes.configInvalid,
    );
  }
}

function byPosition({ position: a }: PlacedProblem, { position: b }: PlacedProblem): number {
  return a.line - b.line || a.column - b.column;
}

function describe(file: string, { position, path, message, hint }: PlacedProblem): string {
  const place = `${file}:${position.line}:${position.column}`;
  const what = path.length === 0 ? message : `${dotted(path)}: ${message}`;
  return hint === undefined ? `${place} ${what}` : `${place} ${what}\n    ${hint}`;
}

/** A path as people write it: `layers.vpc.zones[0]`, `tags["cost centre"]`. */
function dotted(path: Path): string {
  return path
    .map((segment, index) => {
      if (typeof segment === "number") return `[${segment}]`;
      if (!/^[\w-]+$/.test(segment)) return `[${JSON.stringify(withoutUrlUsers(segment))}]`;
      return index === 0 ? segment : `.${segment}`;
    })
    .join("");
}
