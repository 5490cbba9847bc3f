import { exitCodes, UserError } from "../../../lib/errors";
import { commandLine } from "../command-line/request";
import type { Run } from "../run/run";
import { type Fault, faultText, isDenied } from "./fault";

/** Why AWS did not `doing`, and what the operator can do about it. */
export function awsFailure(run: Run, doing: string, fault: Fault): UserError {
  const exitCode = fault.kind === "no program" ? exitCodes.preflightFailed : exitCodes.failed;
  const hint = `${cureOf(run, fault)}; then run: ${commandLine(run.request)}`;
  return new UserError(`Cannot ${doing}: ${faultText(fault)}`, hint, exitCode);
}

/** What the operator can do about a fault. */
export function cureOf({ signIn }: Pick<Run, "signIn">, fault: Fault): string {
  if (isDenied(fault)) return "Use a role that has this permission, e.g. with AWS_PROFILE";
  switch (fault.kind) {
    case "credentials":
      return signIn;
    case "clock":
      return "Set the clock of this machine, e.g. by NTP";
    case "throttled":
    case "unavailable":
      return "Wait a minute";
    case "timeout":
      return "Check the network, HTTPS_PROXY and NO_PROXY";
    case "unreachable":
    case "not AWS":
      return networkHint(fault);
    case "no program":
      return "Install the AWS CLI (https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html)";
    case "refused":
      return "Correct what AWS reports";
  }
}

function networkHint({ code, message }: Fault): string {
  if (/CERT|UNABLE_TO_VERIFY|SELF_SIGNED/.test(code))
    return "Set AWS_CA_BUNDLE to a PEM file with the authority that issued this certificate";
  if (/"407 /.test(message)) return "Put user and password of the proxy into HTTPS_PROXY";
  if (/^AWS_\w+ or /.test(message)) return "Correct the variable, or the profile";
  return "Check the network, HTTPS_PROXY, NO_PROXY and AWS_CA_BUNDLE";
}
