import { exitCodes, UserError } from "../../../lib/errors";
import { programLine } from "./help";

/** The arguments are invalid; the hint is the nearest valid argument, or the help of the command. */
export function usageError(fault: string, command?: string, meant?: string): UserError {
  const help = [programLine, ...(command === undefined ? [] : [command]), "--help"].join(" ");
  return new UserError(
    `Cannot read the command line: ${fault}`,
    meant === undefined ? `Run: ${help}` : `Did you mean ${meant}?`,
    exitCodes.usage,
  );
}
