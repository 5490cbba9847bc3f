import { exitCodes, UserError } from "../../../lib/errors";
import { commandLine } from "../command-line/request";
import type { Run } from "../run/run";
import type { Finished } from "../world/index";

/** What to do where there is no AWS CLI. */
export const installCli =
  "Install the AWS CLI (https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html)";

/** Why the AWS CLI did not manage to `doing`, in AWS's words. */
export function awsFailure(
  run: Run,
  doing: string,
  { exitCode, stderr }: Pick<Finished, "exitCode" | "stderr">,
): UserError {
  if (exitCode === 127 || exitCode === 126)
    return new UserError(
      'Cannot run "aws": there is no such program on the PATH',
      installCli,
      exitCodes.preflightFailed,
    );
  const said = whatAwsSaid(stderr);
  return new UserError(`Cannot ${doing}: AWS says "${said}"`, hintFor(run, said));
}

/** "An error occurred (Code) when calling …: why", or one line of the CLI's own. */
export function whatAwsSaid(stderr: string): string {
  const line = stderr.split("\n").findLast((text) => text.trim() !== "");
  return line?.trim() ?? "nothing";
}

function hintFor({ request, loaded }: Run, said: string): string {
  const again = commandLine(request);
  if (/Unable to locate credentials|Expired|expired|InvalidClientTokenId|UnrecognizedClient/.test(said))
    return `Sign in to account ${loaded.environment.account}, e.g. with aws sso login, then run: ${again}`;
  if (/AccessDenied|not authorized|UnauthorizedOperation/.test(said))
    return `Take a role that may do this, e.g. with AWS_PROFILE, then run: ${again}`;
  return `Mend what AWS complains about, then run: ${again}`;
}
