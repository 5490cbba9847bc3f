import type { z } from "zod";
import { exitCodes, UserError } from "../../lib/errors";
import { commandLine } from "./request";
import type { Run } from "./run";

/** How AWS took a question. */
export type Reply =
  | { readonly kind: "answered"; readonly value: unknown }
  /** What it said instead, on one line. */
  | { readonly kind: "refused"; readonly said: string }
  /** It was ended, because it took too long. */
  | { readonly kind: "no answer" }
  | { readonly kind: "no program" };

/** What to do where there is no CLI. */
export const installCli =
  "Install the AWS CLI (https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html)";

/** How long a glance may take: the CLI gives up by itself, and is ended when even that takes too long. */
const glance = {
  words: ["--cli-connect-timeout", "5", "--cli-read-timeout", "10"],
  environment: { AWS_MAX_ATTEMPTS: "1" },
  timeoutSeconds: 20,
} as const;

/** The AWS CLI in the environment's region, with the operator's own credentials. */
export class AwsCli {
  constructor(private readonly run: Run) {}

  /** Runs one command and returns its answer; throws what AWS says when it refuses to `doing`. */
  async ask<Shape extends z.ZodType>(
    doing: string,
    words: readonly string[],
    shape: Shape,
  ): Promise<z.output<Shape>> {
    const reply = await this.call(words, { words: [], environment: {} });
    if (reply.kind === "no program") throw noProgram();
    if (reply.kind === "answered") return shape.parse(reply.value);
    const said = reply.kind === "refused" ? reply.said : "nothing";
    throw new UserError(`Cannot ${doing}: AWS says "${said}"`, this.hint(said));
  }

  /** Runs one command that holds nothing up for longer than seconds, and takes every answer. */
  glance(words: readonly string[]): Promise<Reply> {
    return this.call(words, glance);
  }

  private async call(words: readonly string[], limits: Limits): Promise<Reply> {
    const { world, loaded, environment } = this.run;
    const finished = await world.processes.run({
      program: "aws",
      arguments: [...words, "--region", loaded.environment.region, "--output", "json", ...limits.words],
      folder: ".",
      environment: { ...environment, AWS_PAGER: "", ...limits.environment },
      ...(limits.timeoutSeconds === undefined ? {} : { timeoutSeconds: limits.timeoutSeconds }),
    });
    const { exitCode, stdout, stderr } = finished;
    if (exitCode === 127 || exitCode === 126) return { kind: "no program" };
    if (exitCode === 128) return { kind: "no answer" };
    if (exitCode !== 0) return { kind: "refused", said: lastLine(stderr) };
    return { kind: "answered", value: JSON.parse(stdout.trim() === "" ? "{}" : stdout) };
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

/** What bounds one call. */
interface Limits {
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
}

/** "An error occurred (Code) when calling …: why", or one line of the CLI's own. */
function lastLine(said: string): string {
  const lines = said.trim().split("\n");
  return lines.findLast((text) => text.trim() !== "") ?? "nothing";
}

function noProgram(): UserError {
  return new UserError(
    'Cannot run "aws": there is no such program on the PATH',
    installCli,
    exitCodes.preflightFailed,
  );
}
