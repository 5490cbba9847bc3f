import { z } from "zod";
import { exitCodes, UserError } from "../../../lib/errors";
import { outputsOf } from "./needs";
import { commandLine } from "../command-line/request";
import type { Run } from "../run/run";

/** An ARN among the outputs of a layer. */
export const arn = z.string().startsWith("arn:");

/** The outputs of a layer that a command needs, in this shape; throws when the layer is not applied. */
export async function appliedOutputs<Shape extends z.ZodType>(
  run: Run,
  name: string,
  shape: Shape,
): Promise<z.output<Shape>> {
  const layer = run.layers.find((known) => known.name === name);
  const outputs = layer === undefined ? {} : await outputsOf(run, layer);
  const parsed = shape.safeParse(outputs);
  if (parsed.success) return parsed.data;
  throw new UserError(
    `Cannot ${run.request.command}: "${name}" is not applied, or was by an earlier version`,
    `Run: ${commandLine(run.request, { command: "apply", only: [name] })}`,
    exitCodes.preflightFailed,
  );
}
