import { ConfigError, settingName } from "../../../../lib/environment/config-error";
import type { PlacedProblem } from "../../../../lib/environment/position";
import type { UserError } from "../../../../lib/errors";

/** Something that is wrong with an environment file. */
export interface Finding {
  readonly severity: "error" | "warning";
  readonly file: string;
  /** From 1; unset if the problem has no place, such as a file that does not exist. */
  readonly line?: number;
  readonly column?: number;
  /** The setting, e.g. `layers.vpc.cidr`; unset if the problem is not about one. */
  readonly path?: string;
  readonly message: string;
  readonly hint?: string;
}

/** The findings behind an error of an environment file, in the order of its lines. */
export function findingsOf(file: string, error: UserError): readonly Finding[] {
  if (!(error instanceof ConfigError))
    return [{ severity: "error", file, message: error.message, hint: error.hint }];
  const byPlace = ({ position: a }: PlacedProblem, { position: b }: PlacedProblem) =>
    a.line - b.line || a.column - b.column;
  return error.problems.toSorted(byPlace).map((problem) => placedFinding("error", file, problem));
}

/** A problem or a warning whose place in a file is known. */
export function placedFinding(severity: Finding["severity"], file: string, problem: PlacedProblem): Finding {
  return {
    ...{ severity, file, line: problem.position.line, column: problem.position.column },
    ...(problem.path.length === 0 ? {} : { path: settingName(problem) }),
    message: problem.message,
    ...(problem.hint === undefined ? {} : { hint: problem.hint }),
  };
}
