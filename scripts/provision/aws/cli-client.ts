import type { z } from "zod";
import type { Run } from "../run/run";
import { awsCommand, cliFault } from "./cli";
import { awsFailure } from "./failure";

/** The AWS CLI in the environment's region, with the operator's own credentials. */
export class AwsCli {
  constructor(private readonly run: Run) {}

  /** Runs one command and returns its answer; throws what AWS says when it refuses to `doing`. */
  async ask<Shape extends z.ZodType>(
    doing: string,
    given: readonly string[],
    shape: Shape,
  ): Promise<z.output<Shape>> {
    const finished = await this.run.world.processes.run(awsCommand(this.run, given));
    const fault = cliFault(finished);
    if (fault !== undefined) throw awsFailure(this.run, doing, fault);
    const text = finished.stdout.trim();
    return shape.parse(JSON.parse(text === "" ? "{}" : text));
  }
}
