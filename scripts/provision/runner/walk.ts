import { exitCodes, UserError } from "../../../lib/errors";
import type { AnyLayer } from "../../../lib/layer/layer";
import { TerraformFailure } from "../terraform/failures";
import { Interrupted } from "../run/interrupts";
import type { Outcome, Row } from "../run/outcome";
import { retryLine, type Run } from "../run/run";
import { closingTable } from "./outcome-table";

/** Ends a run because the operator answered no. */
export class Declined extends UserError {
  constructor(verb: string, layer: string, next: string) {
    super(`Cannot ${verb} "${layer}": you did not agree`, `Run: ${next}`, exitCodes.failed);
  }
}

/** Takes one step for each layer, in the order given, up to the first that fails; then prints the table. */
export async function walk(
  run: Run,
  layers: readonly AnyLayer[],
  step: (layer: AnyLayer, title: string) => Promise<Outcome>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  try {
    for (const [index, layer] of layers.entries()) {
      if (run.interrupts.draining) throw new Interrupted(layer.name, retryLine(run, layer));
      const title = `${layer.name} ${index + 1}/${layers.length}`;
      await timed(run, { layer, rows, step: () => step(layer, title) });
    }
  } catch (error) {
    rows.push(...notRun(layers.slice(rows.length), rows.at(-1), error));
    throw error;
  } finally {
    run.screen.print(`\n${closingTable(run.screen, rows)}`);
  }
  return rows;
}

/** Takes one step and notes its row, also when it fails. */
async function timed(
  run: Run,
  job: { readonly layer: AnyLayer; readonly rows: Row[]; readonly step: () => Promise<Outcome> },
): Promise<void> {
  const { clock } = run.world;
  const started = clock.seconds();
  const note = (outcome: Outcome) => {
    job.rows.push({ ...outcome, layer: job.layer.name, seconds: clock.seconds() - started });
  };
  try {
    note(await job.step());
  } catch (error) {
    note(failedOutcome(error));
    throw error;
  }
}

function failedOutcome(error: unknown): Outcome {
  if (error instanceof Interrupted) return { kind: "interrupted" };
  if (error instanceof Declined) return { kind: "declined" };
  if (error instanceof TerraformFailure)
    return error.done ? { kind: "failed", counts: error.done } : { kind: "failed" };
  return { kind: error instanceof UserError ? "refused" : "failed" };
}

/** What was to follow the layer that stopped the run. */
function notRun(layers: readonly AnyLayer[], last: Row | undefined, error: unknown): readonly Row[] {
  const verb = last?.kind === "failed" ? "failed" : `was ${last?.kind ?? "refused"}`;
  const because = error instanceof Interrupted ? "you interrupted the run" : `${last?.layer ?? ""} ${verb}`;
  return layers.map(({ name }) => ({ layer: name, kind: "not run", because, seconds: 0 }));
}
