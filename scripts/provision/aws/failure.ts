import { exitCodes, UserError } from "../../../lib/errors";
import { commandLine } from "../command-line/request";
import type { Run } from "../run/run";
import { type Fault, faultText, isDenied } from "./fault";

/** Why AWS did not `doing`, and what the operator can do about it. */
export function awsFailure(run: Run, doing: string, fault: Fault): UserError {
  const exitCode = fault.kind === "no program" ? exitCodes.preflightFailed : exitCodes.failed;
  return new UserError(`Cannot ${doing}: ${faultText(fault)}`, hintFor(run, fault), exitCode);
}

function hintFor({ request, loaded }: Run, fault: Fault): string {
  const again = `then run: ${commandLine(request)}`;
  if (isDenied(fault)) return `Use a role that has this permission, e.g. with AWS_PROFILE, ${again}`;
  switch (fault.kind) {
    case "credentials":
      return `Sign in to account ${loaded.environment.account}, e.g. with aws sso login, ${again}`;
    case "clock":
      return `Set the clock of this machine, e.g. by NTP, ${again}`;
    case "throttled":
    case "unavailable":
      return `Wait a minute, ${again}`;
    case "timeout":
      return `Check the network, HTTPS_PROXY and NO_PROXY, ${again}`;
    case "unreachable":
      return `${networkHint(fault)}, ${again}`;
    case "no program":
      return `Install the AWS CLI (https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html), ${again}`;
    case "refused":
      return `Correct what AWS reports, ${again}`;
  }
}

function networkHint({ code, message }: Fault): string {
  if (/CERT|UNABLE_TO_VERIFY|SELF_SIGNED/.test(code))
    return "Set AWS_CA_BUNDLE to a PEM file with the authority that issued this certificate";
  if (/"407 /.test(message)) return "Put user and password of the proxy into HTTPS_PROXY";
  return "Check the network, HTTPS_PROXY, NO_PROXY and AWS_CA_BUNDLE";
}
