import { exitCodes, UserError } from "../../../lib/errors";
import type { AnyLayer } from "../../../lib/layer/layer";
import { TerraformFailure } from "./failures";
import { commandLine } from "../command-line/request";
import { terraformFor } from "./for-layer";
import type { Run } from "../run/run";
import { readOutputs } from "./state";

/** The first need that is not applied; undefined if all are applied. */
export async function missingNeed(run: Run, layer: AnyLayer): Promise<AnyLayer | undefined> {
  const needed = new Set(Object.values(layer.needs).map(({ name }) => name));
  for (const need of run.layers.filter(({ name }) => needed.has(name))) {
    if (!(await isApplied(run, need))) return need;
  }
  return undefined;
}

/** Throws when a layer that this one reads from is not applied. */
export async function assertNeedsApplied(run: Run, layer: AnyLayer): Promise<void> {
  const need = await missingNeed(run, layer);
  if (need === undefined) return;
  const first = { command: "apply", only: [need.name], from: undefined, until: undefined } as const;
  throw new UserError(
    `Cannot apply "${layer.name}": it reads outputs of "${need.name}", which is not applied`,
    `Run: ${commandLine(run.request, first)}`,
    exitCodes.preflightFailed,
  );
}

async function isApplied(run: Run, need: AnyLayer): Promise<boolean> {
  if (!run.known.has(need.name)) {
    const outputs = await outputsOf(run, need);
    if (Object.keys(need.outputs).some((name) => !(name in outputs))) return false;
    run.known.set(need.name, outputs);
  }
  return true;
}

/** The outputs in a layer's state; empty if the state bucket does not exist. */
export async function outputsOf(run: Run, layer: AnyLayer): Promise<Readonly<Record<string, unknown>>> {
  const terraform = terraformFor(run, layer, { verb: "read" });
  try {
    await terraform.initialise();
  } catch (error) {
    if (error instanceof TerraformFailure && error.kind === "bucketMissing") return {};
    throw error;
  }
  return readOutputs(terraform);
}
