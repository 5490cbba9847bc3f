import type { Run } from "../run/run";
import type { Command, Finished } from "../world/index";
import type { Fault } from "./fault";

const installCli =
  "install the AWS CLI (https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html)";

/** A command of the AWS CLI in the environment's region. */
export function awsCommand({ loaded, environment }: Run, given: readonly string[]): Command {
  return {
    program: "aws",
    arguments: [...given, "--region", loaded.environment.region, "--output", "json"],
    folder: ".",
    environment: { ...environment, AWS_PAGER: "" },
  };
}

/** Why the CLI failed; undefined when it did not. */
export function cliFault({ exitCode, stderr }: Pick<Finished, "exitCode" | "stderr">): Fault | undefined {
  if (exitCode === 0) return undefined;
  if (exitCode === 127 || exitCode === 126)
    return { kind: "unreachable", code: "ENOENT", message: `no program "aws" is on the PATH; ${installCli}` };
  // Ended by us, because it took too long.
  if (exitCode === 128) return { kind: "timeout", code: "TimeoutError", message: "" };
  const message = lastLine(stderr);
  const [, code = ""] = /^An error occurred \((\w+)\)/.exec(message) ?? [];
  return { kind: kindOf(message), code, message };
}

function kindOf(message: string): Fault["kind"] {
  if (/Unable to locate credentials|[Ee]xpired|InvalidClientTokenId|UnrecognizedClient/.test(message))
    return "credentials";
  if (/Throttl|TooManyRequests|RequestLimitExceeded/.test(message)) return "throttled";
  return /Could not connect|Connect timeout|Failed to connect/.test(message) ? "unreachable" : "refused";
}

/** "An error occurred (Code) when calling …: why", or one line of the CLI's own. */
function lastLine(stderr: string): string {
  return stderr.split("\n").findLast((text) => text.trim() !== "")?.trim() ?? "nothing";
}
