import { exitCodes, UserError } from "../../lib/errors";
import type { AnyLayer } from "../../lib/layer";
import { TerraformFailure } from "./failures";
import { Interrupted } from "./interrupts";
import type { Outcome, Row } from "./outcome";
import { retryLine, type Run } from "./run";
import { closingTable } from "./table";

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
      rows.push(await timedStep(run, layer, () => step(layer, title)));
    }
  } catch (error) {
    rows.push(...unfinished(layers.slice(rows.length), error));
    throw error;
  } finally {
    run.screen.print(`\n${closingTable(run.screen.ink, rows)}`);
  }
  return rows;
}

async function timedStep(run: Run, layer: AnyLayer, step: () => Promise<Outcome>): Promise<Row> {
  const { clock } = run.world;
  const started = clock.seconds();
  const outcome = await step();
  return { ...outcome, layer: layer.name, seconds: clock.seconds() - started };
}

/** The layer that stopped the run, and all that were to follow it. */
function unfinished(layers: readonly AnyLayer[], error: unknown): readonly Row[] {
  const [first, ...rest] = layers;
  if (first === undefined) return [];
  const [kind, because] = stopped(first.name, error);
  return [
    { layer: first.name, kind, seconds: 0 },
    ...rest.map(({ name }): Row => ({ layer: name, kind: "not run", because, seconds: 0 })),
  ];
}

function stopped(layer: string, error: unknown): readonly [Outcome["kind"], string] {
  if (error instanceof Interrupted) return ["interrupted", "you interrupted the run"];
  if (error instanceof Declined) return ["declined", `${layer} was declined`];
  const refused = error instanceof UserError && !(error instanceof TerraformFailure);
  return ["failed", `${layer} ${refused ? "was refused" : "failed"}`];
}
