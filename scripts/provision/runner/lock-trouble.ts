import { exitCodes, UserError } from "../../../lib/errors";
import { cureOf } from "../aws/failure";
import { type Fault, faultText, isDenied } from "../aws/fault";
import { commandLine } from "../command-line/request";
import type { Run } from "../run/run";
import { unlockLine } from "./lock-in-folder";

/** What is where the lock should be says nothing of a run. */
export function lockUnreadable(run: Run): UserError {
  return new UserError(
    `Cannot lock the environment "${run.loaded.environment.name}": what is ${run.request.rehearse ? "there" : "in its state bucket"} as its lock cannot be read`,
    `If no other run is in progress, run: ${unlockLine(run)}`,
    exitCodes.locked,
  );
}

/** The lock is never the same for two requests. */
export function tooManyTakers({ loaded, request }: Run): UserError {
  return new UserError(
    `Cannot lock the environment "${loaded.environment.name}": other runs take and release its lock all the time`,
    `Wait a minute, then run: ${commandLine(request)}`,
    exitCodes.locked,
  );
}

/** Nobody can tell who has the lock. */
export function lockUnknown(run: Run, fault: Fault): UserError {
  const iam = commandLine(run.request, { command: "iam" });
  const cure = isDenied(fault)
    ? `Give the role the rights for the state bucket that this prints: ${iam}`
    : cureOf(run, fault);
  return new UserError(
    `Cannot lock the environment "${run.loaded.environment.name}" in its state bucket: ${faultText(fault)}`,
    `${cure}; then run: ${commandLine(run.request)}`,
    exitCodes.preflightFailed,
  );
}
