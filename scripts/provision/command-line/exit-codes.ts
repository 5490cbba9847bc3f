import { exitCodes } from "../../../lib/errors";

/** What each exit code means, for `--help` and the reference. */
export const exitCodeTexts: readonly (readonly [code: number, meaning: string])[] = [
  [exitCodes.done, "done"],
  [exitCodes.failed, "failed, declined, or a check found something"],
  [exitCodes.changesPending, "plan --detailed-exitcode: there are changes"],
  [exitCodes.configInvalid, "the environment file is missing or invalid"],
  [exitCodes.preflightFailed, "something the command needs is missing; nothing was changed"],
  [exitCodes.locked, "the state or the environment is locked by another run"],
  [exitCodes.stalePlan, "the state changed after the plan"],
  [exitCodes.interrupted, "interrupted"],
  [exitCodes.recoveryNeeded, "a state, or objects in none, of an earlier run must be recovered first"],
  [exitCodes.usage, "the command line is invalid"],
];
