import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { commandLine } from "../../command-line/request";
import { bootstrapLayer, type Run } from "../../run/run";
import { TerraformFailure } from "../../terraform/failures";
import { terraformFor } from "../../terraform/for-layer";
import { pullStateHead, type StateHead } from "../../terraform/state";
import type { Terraform } from "../../terraform/terraform";

/** Throws if layers exist that are not selected, but need one that is: its outputs, or its bucket for their state. */
export async function assertNoReaders(run: Run): Promise<void> {
  const creator = bootstrapLayer(run);
  const gone = new Set(run.selected.map(({ name }) => name));
  const needed = new Set<string>();
  const readers: AnyLayer[] = [];
  // In the order of apply, so that what needs these layers is found as well.
  for (const layer of run.layers.filter(({ name }) => !gone.has(name))) {
    const needs = Object.values(layer.needs).map(({ name }) => name);
    const store = creator === undefined ? [] : [creator.name];
    const missed = [...needs, ...store].filter((name) => gone.has(name));
    if (missed.length === 0 || !(await holdsObjects(terraformFor(run, layer, { verb: "read" })))) continue;
    for (const name of missed) needed.add(name);
    readers.push(layer);
    gone.add(layer.name);
  }
  const subjects = run.selected.filter(({ name }) => needed.has(name));
  if (readers.length > 0) throw stillNeeded(run, subjects, readers);
}

function stillNeeded(run: Run, subjects: readonly AnyLayer[], readers: readonly AnyLayer[]): UserError {
  const onlyState = subjects.every((subject) => subject === bootstrapLayer(run));
  const [exist, need, store] =
    readers.length === 1
      ? ["still exists", "needs", "stores its state"]
      : ["still exist", "need", "store their state"];
  const relation = onlyState ? `${store} there` : `${need} ${subjects.length === 1 ? "it" : "them"}`;
  return new UserError(
    `Cannot destroy ${quoted(subjects)}: ${quoted(readers)} ${exist} and ${relation}`,
    `To destroy all of these, run: ${commandLine(run.request, selectionOf(run, readers))}`,
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

/** Initialises a layer's folder; returns whether its state contains any object. */
export async function holdsObjects(terraform: Terraform): Promise<boolean> {
  const state = await initialisedState(terraform);
  return state !== "no bucket" && (state?.objects ?? 0) > 0;
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
