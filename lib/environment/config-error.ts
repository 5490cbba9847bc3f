import { exitCodes, UserError } from "../errors";
import { dotted } from "./dotted-path";
import type { PlacedProblem } from "./position";

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

function describe(file: string, problem: PlacedProblem): string {
  const { position, path, message, hint } = problem;
  const place = `${file}:${position.line}:${position.column}`;
  const what = path.length === 0 ? message : `${named(problem)}: ${message}`;
  return hint === undefined ? `${place} ${what}` : `${place} ${what}\n    ${hint}`;
}

/** A setting by the name in the file, and by its present name where a migration has changed that. */
function named({ path, written = path }: PlacedProblem): string {
  const [before, now] = [dotted(written), dotted(path)];
  return before === now ? now : `${before} (now ${now})`;
}
