import { exitCodes, UserError } from "../../../lib/errors";
import { programLine } from "./help";

/** The arguments are invalid; the hint is the nearest valid argument, or the help of the command. */
export function usageError(fault: string, command?: string, meant?: string): UserError {
  const help = [programLine, ...(command === undefined ? [] : [command]), "--help"].join(" ");
  return usageErrorWith(fault, meant === undefined ? `Run: ${help}` : `Did you mean ${meant}?`);
}

/** The arguments are invalid, and the hint says what to do instead. */
export function usageErrorWith(fault: string, hint: string): UserError {
  return new UserError(`Cannot read the command line: ${fault}`, hint, exitCodes.usage);
}
