import { exitCodes, UserError } from "../../../lib/errors";
import { cliFault } from "../aws/cli";
import { awsFailure } from "../aws/failure";
import { commandLine } from "../command-line/request";
import type { Run } from "../run/run";
import type { Finished } from "../world/index";

const pluginMissing = /SessionManagerPlugin is not found/;
const notConnected = /TargetNotConnected/;
/** Failures that another try would meet again. */
const permanent =
  /SessionManagerPlugin|AccessDenied|not authorized|UnauthorizedOperation|[Ee]xpired|Unable to locate credentials|InvalidClientTokenId|UnrecognizedClient/;

/** Whether another session would fail in the same way. */
export function isPermanent({ exitCode, stderr }: Finished): boolean {
  return exitCode === 127 || exitCode === 126 || permanent.test(stderr);
}

/** Why no session reaches the server; `ended` is how the last one ended, unless it is still open. */
export function sessionFailure(
  run: Run,
  { noun, host, bastionInstanceId }: Readonly<Record<"noun" | "host" | "bastionInstanceId", string>>,
  ended: Finished | undefined,
): UserError {
  const cannot = (truth: string, hint: string) =>
    new UserError(`Cannot open a tunnel to the ${noun}: ${truth}`, hint, exitCodes.preflightFailed);
  const stderr = ended?.stderr ?? "";
  if (pluginMissing.test(stderr))
    return cannot(
      'there is no "session-manager-plugin" on the PATH',
      "Install it (https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html)",
    );
  if (notConnected.test(stderr))
    return cannot(
      `the bastion "${bastionInstanceId}" is not connected to Systems Manager`,
      `Look at it, run: aws ec2 describe-instance-status --region ${run.loaded.environment.region} --include-all-instances --instance-ids ${bastionInstanceId}`,
    );
  const fault = ended && cliFault(ended);
  if (fault !== undefined) return awsFailure(run, `open a tunnel to the ${noun}`, fault);
  return cannot(
    `"${host}" does not answer through the bastion "${bastionInstanceId}"`,
    `Check that it exists and lets the bastion in, then run: ${commandLine(run.request)}`,
  );
}
