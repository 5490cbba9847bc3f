import type { z } from "zod";
import { exitCodes, UserError } from "../../lib/errors";
import { commandLine } from "./request";
import type { Run } from "./run";

/** The AWS CLI in the environment's region, with the operator's own credentials. */
export class AwsCli {
  constructor(private readonly run: Run) {}

  /** Runs one command and returns its answer; throws what AWS says when it refuses to `doing`. */
  async ask<Shape extends z.ZodType>(
    doing: string,
    words: readonly string[],
    shape: Shape,
  ): Promise<z.output<Shape>> {
    const { world, loaded, environment } = this.run;
    const finished = await world.processes.run({
      program: "aws",
      arguments: [...words, "--region", loaded.environment.region, "--output", "json"],
      folder: ".",
      environment: { ...environment, AWS_PAGER: "" },
    });
    if (finished.exitCode === 127 || finished.exitCode === 126) throw noProgram();
    if (finished.exitCode !== 0) throw this.refused(doing, finished.stderr.trim());
    return shape.parse(JSON.parse(finished.stdout.trim() === "" ? "{}" : finished.stdout));
  }

  private refused(doing: string, said: string): UserError {
    // "An error occurred (Code) when calling …: why", or one line of the CLI's own.
    const line = said.split("\n").findLast((text) => text.trim() !== "") ?? "nothing";
    return new UserError(`Cannot ${doing}: AWS says "${line}"`, this.hint(line));
  }

  private hint(said: string): string {
    const again = commandLine(this.run.request);
    if (/Unable to locate credentials|Expired|expired|InvalidClientTokenId|UnrecognizedClient/.test(said))
      return `Sign in to account ${this.run.loaded.environment.account}, e.g. with aws sso login, then run: ${again}`;
    if (/AccessDenied|not authorized|UnauthorizedOperation/.test(said))
      return `Take a role that may do this, e.g. with AWS_PROFILE, then run: ${again}`;
    return `Mend what AWS complains about, then run: ${again}`;
  }
}

function noProgram(): UserError {
  return new UserError(
    'Cannot run "aws": there is no such program on the PATH',
    "Install the AWS CLI (https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html)",
    exitCodes.preflightFailed,
  );
}
