import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { commandLine } from "../../command-line/request";
import { bootstrapLayer, type Run } from "../../run/run";
import { cutOffRun } from "../../runner/cut-off-run";
import { TerraformFailure } from "../../terraform/failures";
import { terraformFor } from "../../terraform/for-layer";
import { lostCreations } from "../../terraform/lost-creations";
import { pullStateHead, type StateHead } from "../../terraform/state";
import type { Terraform } from "../../terraform/terraform";

/**
 * Throws if layers exist that are not selected, but need one that is: its outputs, or its bucket for their state. One that a run was cut off at
 * may exist: what is left of it can be searched for only as long as it can be planned.
 */
export async function assertNoReaders(run: Run): Promise<void> {
  const creator = bootstrapLayer(run);
  const gone = new Set(run.selected.map(({ name }) => name));
  const needed = new Set<string>();
  const readers: Reader[] = [];
  // In the order of apply, so that what needs these layers is found as well.
  for (const layer of run.layers.filter(({ name }) => !gone.has(name))) {
    const needs = Object.values(layer.needs).map(({ name }) => name);
    const store = creator === undefined ? [] : [creator.name];
    const missed = [...needs, ...store].filter((name) => gone.has(name));
    const existence = missed.length === 0 ? "none" : await existenceOf(run, layer);
    if (existence === "none") continue;
    for (const name of missed) needed.add(name);
    readers.push({ layer, isCertain: existence === "certain" });
    gone.add(layer.name);
  }
  const subjects = run.selected.filter(({ name }) => needed.has(name));
  if (readers.length > 0) throw stillNeeded(run, subjects, readers);
}

/** A layer that needs one that is to be destroyed. */
interface Reader {
  readonly layer: AnyLayer;
  /** Whether it exists; otherwise it may, after a run that was cut off. */
  readonly isCertain: boolean;
}

function stillNeeded(run: Run, subjects: readonly AnyLayer[], readers: readonly Reader[]): UserError {
  const onlyState = subjects.every((subject) => subject === bootstrapLayer(run));
  const layers = readers.map(({ layer }) => layer);
  const [exist, need, store] =
    layers.length === 1
      ? ["still exists", "needs", "stores its state"]
      : ["still exist", "need", "store their state"];
  const relation = onlyState ? `${store} there` : `${need} ${subjects.length === 1 ? "it" : "them"}`;
  const existence = readers.every(({ isCertain }) => isCertain)
    ? exist
    : "may still exist, because a run was cut off while it created objects,";
  return new UserError(
    `Cannot destroy ${quoted(subjects)}: ${quoted(layers)} ${existence} and ${relation}`,
    `To destroy all of these, run: ${commandLine(run.request, selectionOf(run, layers))}`,
    exitCodes.preflightFailed,
  );
}

/** The shortest options that select exactly these layers and those of the run. */
function selectionOf(run: Run, readers: readonly AnyLayer[]) {
  const wanted = run.layers.filter((layer) => run.selected.includes(layer) || readers.includes(layer));
  const [first] = wanted;
  const none = { only: [], from: undefined, until: undefined };
  if (wanted.length === run.layers.length) return none;
  if (first !== undefined && run.layers.indexOf(first) + wanted.length === run.layers.length)
    return { ...none, from: first.name };
  return { ...none, only: wanted.map(({ name }) => name) };
}

function quoted(layers: readonly AnyLayer[]): string {
  return layers.map(({ name }) => `"${name}"`).join(", ");
}

/** Whether a layer has objects: in its state, or, after a run that was cut off, perhaps in none. */
async function existenceOf(run: Run, layer: AnyLayer): Promise<"certain" | "possible" | "none"> {
  const terraform = terraformFor(run, layer, { verb: "read" });
  const state = await initialisedState(terraform);
  if (state === "no bucket") return "none";
  if ((state?.objects ?? 0) > 0) return "certain";
  const isCutOff =
    (await lostCreations(run, layer, terraform)).length > 0 ||
    (await cutOffRun(run, layer.name)) !== undefined;
  return isCutOff ? "possible" : "none";
}

/** Initialises a layer's folder; returns its state, undefined if it has none. */
export async function initialisedState(terraform: Terraform): Promise<StateHead | undefined | "no bucket"> {
  try {
    await terraform.initialise();
  } catch (error) {
    if (error instanceof TerraformFailure && error.kind === "bucketMissing") return "no bucket";
    throw error;
  }
  return pullStateHead(terraform);
}
