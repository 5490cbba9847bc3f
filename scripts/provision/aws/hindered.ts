import { exitCodes, UserError } from "../../../lib/errors";
import type { Hindrance } from "../../../lib/layer/preflight";
import { commandLine, verbOf } from "../command-line/request";
import type { Run } from "../run/run";

/** Why a run does not start; several reasons are listed together below what is wrong with them, e.g. `checks failed`. */
export function hindered(
  { request, loaded }: Pick<Run, "request" | "loaded">,
  wrong: string,
  [first, ...more]: readonly Hindrance[],
): UserError {
  const what = `Cannot ${verbOf(request)} "${loaded.environment.name}"`;
  const again = commandLine(request);
  if (first !== undefined && more.length === 0)
    return new UserError(
      `${what}: ${first.reason}`,
      `${first.cure}; then run: ${again}`,
      exitCodes.preflightFailed,
    );
  const all = first === undefined ? more : [first, ...more];
  const list = all.map(({ reason, cure }) => `  ${reason}\n    ${cure}`);
  return new UserError(
    [`${what}: ${all.length} ${wrong}; nothing was changed`, ...list].join("\n"),
    `Correct all of them, then run: ${again}`,
    exitCodes.preflightFailed,
  );
}
