import type { z } from "zod";
import { exitCodes, UserError } from "../../lib/errors";
import { commandLine } from "./request";
import type { Run } from "./run";
import type { Command, Finished } from "./world";

/** The AWS CLI in the environment's region, with the operator's own credentials. */
export class AwsCli {
  constructor(private readonly run: Run) {}

  /** Runs one command and returns its answer; throws what AWS says when it refuses to `doing`. */
  async ask<Shape extends z.ZodType>(
    doing: string,
    words: readonly string[],
    shape: Shape,
  ): Promise<z.output<Shape>> {
    const finished = await this.run.world.processes.run(awsCommand(this.run, words));
    if (finished.exitCode !== 0) throw awsFailure(this.run, doing, finished);
    return shape.parse(JSON.parse(finished.stdout.trim() === "" ? "{}" : finished.stdout));
  }
}

/** A command of the AWS CLI. */
export function awsCommand({ loaded, environment }: Run, words: readonly string[]): Command {
  return {
    program: "aws",
    arguments: [...words, "--region", loaded.environment.region, "--output", "json"],
    folder: ".",
    environment: { ...environment, AWS_PAGER: "" },
  };
}

/** Why the AWS CLI did not manage to `doing`, in AWS's words. */
export function awsFailure(run: Run, doing: string, { exitCode, stderr }: Finished): UserError {
  if (exitCode === 127 || exitCode === 126) return noProgram();
  // "An error occurred (Code) when calling …: why", or one line of the CLI's own.
  const line = stderr.split("\n").findLast((text) => text.trim() !== "") ?? "nothing";
  return new UserError(`Cannot ${doing}: AWS says "${line.trim()}"`, hintFor(run, line));
}

function hintFor({ request, loaded }: Run, said: string): string {
  const again = commandLine(request);
  if (/Unable to locate credentials|Expired|expired|InvalidClientTokenId|UnrecognizedClient/.test(said))
    return `Sign in to account ${loaded.environment.account}, e.g. with aws sso login, then run: ${again}`;
  if (/AccessDenied|not authorized|UnauthorizedOperation/.test(said))
    return `Take a role that may do this, e.g. with AWS_PROFILE, then run: ${again}`;
  return `Mend what AWS complains about, then run: ${again}`;
}

function noProgram(): UserError {
  return new UserError(
    'Cannot run "aws": there is no such program on the PATH',
    "Install the AWS CLI (https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html)",
    exitCodes.preflightFailed,
  );
}
