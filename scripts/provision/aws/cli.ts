import type { z } from "zod";
import { awsFailure, whatAwsSaid } from "./failure";
import type { Run } from "../run/run";
import type { Command } from "../world/index";

/** How AWS took a question. */
export type Reply =
  | { readonly kind: "answered"; readonly value: unknown }
  /** What it said instead, on one line. */
  | { readonly kind: "refused"; readonly said: string }
  /** It was ended, because it took too long. */
  | { readonly kind: "no answer" }
  | { readonly kind: "no program" };

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
    const finished = await this.run.world.processes.run(awsCommand(this.run, words));
    if (finished.exitCode !== 0) throw awsFailure(this.run, doing, finished);
    return shape.parse(answerIn(finished.stdout));
  }

  /** Runs one command that holds nothing up for longer than seconds, and takes every answer. */
  async glance(words: readonly string[]): Promise<Reply> {
    const command = awsCommand(this.run, [...words, ...glance.words]);
    const { exitCode, stdout, stderr } = await this.run.world.processes.run({
      ...command,
      environment: { ...command.environment, ...glance.environment },
      timeoutSeconds: glance.timeoutSeconds,
    });
    if (exitCode === 127 || exitCode === 126) return { kind: "no program" };
    if (exitCode === 128) return { kind: "no answer" };
    if (exitCode !== 0) return { kind: "refused", said: whatAwsSaid(stderr) };
    return { kind: "answered", value: answerIn(stdout) };
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

function answerIn(stdout: string): unknown {
  return JSON.parse(stdout.trim() === "" ? "{}" : stdout);
}
