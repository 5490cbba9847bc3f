import { exitCodes, UserError } from "../errors";
import { dotted } from "./dotted-path";
import type { Migrated } from "./migrate";
import type { PlacedProblem } from "./position";

/** More is not a file to correct, but a wrong one. */
const mostListed = 200;

/** Everything that is wrong with one environment file, in the order of its lines. */
export class ConfigError extends UserError {
  constructor(
    readonly file: string,
    readonly problems: readonly PlacedProblem[],
    /** Of a file in an older format, which `provision migrate` writes although it has these problems. */
    older?: Migrated,
  ) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const listed = problems.toSorted(byPosition).slice(0, mostListed);
    const list = listed.map((problem) => describe(file, problem));
    if (problems.length > mostListed) list.push(`… and ${problems.length - mostListed} more`);
    super(
      [`Cannot use ${file}: it has ${count}`, ...list].join("\n"),
      hintFor(file, older),
      exitCodes.configInvalid,
    );
  }
}

function hintFor(file: string, older: Migrated | undefined): string {
  const explained = "configs/example.yaml explains every setting";
  if (older === undefined) return `Correct ${file} and run the command again; ${explained}`;
  const { from, to } = older;
  return `The format of ${file} is version ${from}: run provision migrate, which writes version ${to}, and correct what it lists; ${explained}`;
}

function byPosition({ position: a }: PlacedProblem, { position: b }: PlacedProblem): number {
  return a.line - b.line || a.column - b.column;
}

function describe(file: string, problem: PlacedProblem): string {
  const { position, path, message, hint } = problem;
  const place = `${file}:${position.line}:${position.column}`;
  const what = path.length === 0 ? message : `${settingName(problem)}: ${message}`;
  return hint === undefined ? `${place} ${what}` : `${place} ${what}\n    ${hint}`;
}

/** A setting by the name in the file, and by its present name where a migration has changed that. */
export function settingName({ path, written = path }: PlacedProblem): string {
  const [before, now] = [dotted(written), dotted(path)];
  return before === now ? now : `${before} (now ${now})`;
}
