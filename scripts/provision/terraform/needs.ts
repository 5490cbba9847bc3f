import { exitCodes, UserError } from "../../../lib/errors";
import type { AnyLayer } from "../../../lib/layer/layer";
import { TerraformFailure } from "./failures";
import { commandLine } from "../command-line/request";
import { terraformFor } from "./for-layer";
import { earlierLayersLine } from "../run/earlier-layers";
import type { Run } from "../run/run";
import { readOutputs } from "./state";

/** The first need that is not applied; undefined if all are applied. */
export async function missingNeed(run: Run, layer: AnyLayer): Promise<AnyLayer | undefined> {
  for (const need of needsOf(run, layer)) if (!(await isApplied(run, need))) return need;
  return undefined;
}

/** Throws when layers that this one reads from are not applied; the hint also applies what those read from. */
export async function assertNeedsApplied(run: Run, layer: AnyLayer): Promise<void> {
  const direct = await missingNeeds(run, layer);
  const [need] = direct;
  if (need === undefined) return;
  const alone = direct.length === 1 && (await missingNeeds(run, need)).length === 0;
  const what = direct.length === 1 ? "which is not applied" : "which are not applied";
  throw new UserError(
    `Cannot apply "${layer.name}": it reads outputs of ${direct.map(({ name }) => `"${name}"`).join(", ")}, ${what}`,
    `Run: ${alone ? onlyLine(run, need) : earlierLayersLine(run, layer)}`,
    exitCodes.preflightFailed,
  );
}

function needsOf(run: Run, layer: AnyLayer): readonly AnyLayer[] {
  const names = new Set(Object.values(layer.needs).map(({ name }) => name));
  return run.layers.filter(({ name }) => names.has(name));
}

async function missingNeeds(run: Run, layer: AnyLayer): Promise<readonly AnyLayer[]> {
  const missing: AnyLayer[] = [];
  for (const need of needsOf(run, layer)) if (!(await isApplied(run, need))) missing.push(need);
  return missing;
}

function onlyLine({ request }: Run, { name }: AnyLayer): string {
  return commandLine(request, { command: "apply", only: [name], from: undefined, until: undefined });
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
