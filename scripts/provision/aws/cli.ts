import type { Run } from "../run/run";
import type { Command, Finished } from "../world/index";
import type { Fault } from "./fault";

/** How the CLI passes on what AWS says. */
const apiError = /^An error occurred \((\w+)\)(?: when calling [^:]*)?: (.*)$/;

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
  if (exitCode === 127 || exitCode === 126) return { kind: "no program", code: "", message: "" };
  // Ended by us, because it took too long.
  if (exitCode === 128) return { kind: "timeout", code: "TimeoutError", message: "" };
  const said = lastLine(stderr);
  const [, code = "", message = said] = apiError.exec(said) ?? [];
  return { kind: kindOf(said), code, message };
}

function kindOf(said: string): Fault["kind"] {
  if (/Unable to locate credentials|[Ee]xpired|InvalidClientTokenId|UnrecognizedClient/.test(said))
    return "credentials";
  if (/Throttl|TooManyRequests|RequestLimitExceeded/.test(said)) return "throttled";
  return /Could not connect|Connect timeout|Failed to connect/.test(said) ? "unreachable" : "refused";
}

/** What AWS says, or one line of the CLI's own. */
function lastLine(stderr: string): string {
  return (
    stderr
      .split("\n")
      .findLast((text) => text.trim() !== "")
      ?.trim() ?? "nothing"
  );
}
