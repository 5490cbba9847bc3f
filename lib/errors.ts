/** An error that the operator can fix: printed as a message and a hint, without a stack trace. */
export class UserError extends Error {
  override readonly name = "UserError";

  /**
   * @param message `Cannot <verb> <what>: <what is true now>`, values in quotes, no full stop
   * @param hint one action: a command to run, or a file and key to edit
   * @param exitCode exit code of the process; see `exitCodes`
   */
  constructor(
    message: string,
    readonly hint: string,
    readonly exitCode: number = exitCodes.failed,
  ) {
    super(message);
  }
}

/** What the system does not allow with a file or folder. */
export class FileError extends UserError {}

/** Exit codes of the process. */
export const exitCodes = {
  done: 0,
  failed: 1,
  changesPending: 2,
  configInvalid: 3,
  preflightFailed: 4,
  locked: 5,
  stalePlan: 6,
  interrupted: 7,
  recoveryNeeded: 8,
  /** EX_USAGE of sysexits.h. */
  usage: 64,
} as const;
