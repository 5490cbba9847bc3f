import type { Refusal } from "../../../lib/layer/question";
import type { Run } from "../run/run";
import type { Command, Finished } from "../world/index";
import type { Fault } from "./fault";
import { kindOfCode } from "./fault-codes";

/**
 * How the CLI passes on what AWS says; newer versions add a prefix, and lines with details after it:
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-error-format.html
 */
const apiError =
  /^(?:aws: \[ERROR\]: )?An error occurred \(([\w.]+)\)(?: when calling [^:(]*(?:\([^)]*\))?)?: (.*)$/m;

/** A command of the AWS CLI in the environment's region. */
export function awsCommand({ loaded, environment }: Run, given: readonly string[]): Command {
  return {
    program: "aws",
    arguments: [...given, "--region", loaded.environment.region, "--output", "json"],
    folder: ".",
    // What the operator prefers to read need not be what is read here.
    environment: { ...environment, AWS_PAGER: "", AWS_CLI_ERROR_FORMAT: "legacy" },
  };
}

/** Why the CLI failed; undefined when it did not. */
export function cliFault({ exitCode, stderr }: Pick<Finished, "exitCode" | "stderr">): Fault | undefined {
  if (exitCode === 0) return undefined;
  if (exitCode === 127 || exitCode === 126) return { kind: "no program", code: "", message: "" };
  // Ended by us, because it took too long.
  if (exitCode === 128) return { kind: "timeout", code: "TimeoutError", message: "" };
  const said = lastLine(stderr);
  const [, code = "", message = said] = apiError.exec(stderr) ?? [];
  return { kind: kindOfCode({ code, message }) ?? kindOf({ code, message }), code, message };
}

function kindOf({ code, message }: Refusal): Fault["kind"] {
  if (/Unable to locate credentials|[Ee]xpired|InvalidClientTokenId|UnrecognizedClient/.test(message))
    return "credentials";
  if (/^5\d\d$|^(InternalFailure|InternalError|InternalServer|ServiceUnavailable|Unavailable)/.test(code))
    return "unavailable";
  // The last is what the CLI finds in a page of a proxy.
  return /Could not connect|Connect timeout|Failed to connect|Unable to parse response/.test(message)
    ? "unreachable"
    : "refused";
}

/** What AWS says, or one line of the CLI's own. */
function lastLine(stderr: string): string {
  return (
    stderr
      .split("\n")
      .findLast((text) => text.trim() !== "")
      ?.trim()
      .replace(/^aws: \[ERROR\]: /, "") ?? "nothing"
  );
}
