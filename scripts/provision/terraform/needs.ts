import { exitCodes, UserError } from "../../../lib/errors";
import type { AnyLayer } from "../../../lib/layer/layer";
import { layerFolder } from "../../../synthesis/folder";
import { readLayer } from "../../../synthesis/read";
import { readReferences } from "../../../synthesis/references";
import { TerraformFailure } from "./failures";
import { commandLine } from "../command-line/request";
import { terraformFor } from "./for-layer";
import { earlierLayersLine } from "../run/earlier-layers";
import type { Run } from "../run/run";
import { readOutputs } from "./state";

/** A layer whose state lacks what another one reads. */
export interface MissingNeed {
  readonly need: AnyLayer;
  /** The entry that it lacks, e.g. `targetGroupArns.gitea`; undefined: the layer is not applied. */
  readonly lacks: string | undefined;
}

/** The first need that is not applied, or lacks what its next apply adds; undefined if all have what the layer reads. */
export async function missingNeed(run: Run, layer: AnyLayer): Promise<MissingNeed | undefined> {
  const [first] = await missingNeeds(run, layer);
  return first;
}

/** Throws when layers that this one reads from are not applied; the hint also applies what those read from. */
export async function assertNeedsApplied(run: Run, layer: AnyLayer): Promise<void> {
  const direct = await missingNeeds(run, layer);
  const [first] = direct;
  if (first === undefined) return;
  const alone = direct.length === 1 && (await missingNeeds(run, first.need)).length === 0;
  throw new UserError(
    `Cannot apply "${layer.name}": it reads outputs of ${direct.map(({ need }) => `"${need.name}"`).join(", ")}, ${stateOf(direct)}`,
    `Run: ${alone ? onlyLine(run, first.need) : earlierLayersLine(run, layer)}`,
    exitCodes.preflightFailed,
  );
}

function stateOf(missing: readonly MissingNeed[]): string {
  const lacking = missing.flatMap(({ lacks }) => lacks ?? []);
  if (lacking.length > 0) return `which must be applied first: there is no ${lacking.join(", ")} yet`;
  return missing.length === 1 ? "which is not applied" : "which are not applied";
}

function needsOf(run: Run, layer: AnyLayer): readonly AnyLayer[] {
  const names = new Set(Object.values(layer.needs).map(({ name }) => name));
  return run.layers.filter(({ name }) => names.has(name));
}

async function missingNeeds(run: Run, layer: AnyLayer): Promise<readonly MissingNeed[]> {
  const missing: MissingNeed[] = [];
  for (const need of needsOf(run, layer)) {
    const one = await missingOf(run, layer, need);
    if (one !== undefined) missing.push(one);
  }
  return missing;
}

/** Outputs of an earlier apply lack entries of what was switched on since. */
async function missingOf(run: Run, layer: AnyLayer, need: AnyLayer): Promise<MissingNeed | undefined> {
  const outputs = await appliedOutputs(run, need);
  if (outputs === undefined) return { need, lacks: undefined };
  const { files } = run.world;
  const read = readReferences(readLayer(files, layerFolder(run.folders.synthesised, layer.name)));
  for (const reference of read) {
    if (!("output" in reference) || reference.layer !== need.name) continue;
    const { output, key } = reference;
    if (key !== undefined && !hasEntry(outputs[output], key)) return { need, lacks: `${output}.${key}` };
  }
  return undefined;
}

function hasEntry(output: unknown, key: string): boolean {
  return typeof output === "object" && output !== null && Object.hasOwn(output, key);
}

function onlyLine({ request }: Run, { name }: AnyLayer): string {
  return commandLine(request, {
    ...{ command: "apply", plan: undefined, only: [name] },
    ...{ from: undefined, until: undefined },
  });
}

/** The outputs of an applied layer; undefined if it is not applied. */
async function appliedOutputs(
  run: Run,
  need: AnyLayer,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const known = run.known.get(need.name);
  if (known !== undefined) return known;
  const outputs = await outputsOf(run, need);
  if (Object.keys(need.outputs).some((name) => !(name in outputs))) return undefined;
  run.known.set(need.name, outputs);
  return outputs;
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
