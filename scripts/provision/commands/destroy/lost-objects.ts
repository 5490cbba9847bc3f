import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import type { Unasked } from "../../aws/unasked";
import { curesOf, unaskedText } from "../../aws/unasked-text";
import { commandLine } from "../../command-line/request";
import { counted } from "../../run/counted";
import { type Creation, forgetCreations, recordedCreations } from "../../run/creations";
import { bootstrapLayer, retryLine } from "../../run/run";
import { askConsent } from "../../runner/consent";
import type { FoundObject } from "../../runner/lost-objects/find-objects";
import { importObjects } from "../../runner/lost-objects/import-objects";
import { type Place, searchLayer, showFound } from "../../runner/lost-objects/search";
import { type Decision, isReplaced } from "../../runner/lost-objects/sort-out";
import { terraformFor } from "../../terraform/for-layer";
import { listOf, lostCreations } from "../../terraform/lost-creations";
import { missingNeed } from "../../terraform/needs";
import type { StateHead } from "../../terraform/state";
import { typedCommand } from "../../terraform/typed-command";
import { withPrivateEndpoint } from "../../tunnel/private-endpoint";
import type { DrainRun } from "./drain/drain-run";
import type { Signs } from "./signs";

/** What was imported, and whether more waits for the places of that: a resource has one object at a time. */
interface Imported {
  readonly imported: readonly FoundObject[];
  readonly isMore: boolean;
}

const nothing: Imported = { imported: [], isMore: false };

/** A layer, its state, and what this run has imported before, which is not imported twice: it is destroyed, or kept. */
interface Searched extends Place {
  readonly state: StateHead | undefined;
  readonly before: readonly FoundObject[];
}

/** Imports what exists of a layer and is in no state, with consent of its own, so that the plan of its destroy has it. */
export async function importLost(run: DrainRun, place: Searched, signs: Signs): Promise<Imported> {
  const { layer, terraform, state } = place;
  const lost = await lostCreations(run, layer, terraform);
  const isTold = await signs.tell(layer, state);
  if (lost.length === 0 && !isTold) return nothing;
  const missing = await missingNeed(run, layer);
  // Then nothing of it can be planned, and what has tags is named at the end.
  if (missing !== undefined && lost.length === 0) return nothing;
  if (missing !== undefined) throw unfindable(run, layer, { lost, need: missing.need.name });
  return withPrivateEndpoint(run, layer, async (variables) => {
    // As it was applied: what is imported may need objects that differ from what is unprotected.
    const reached = { ...place, terraform: terraformFor(run, layer, { verb: "destroy", variables }) };
    await reached.terraform.initialise();
    return importFound(run, reached, signs);
  });
}

async function importFound(run: DrainRun, place: Searched, signs: Signs): Promise<Imported> {
  const { layer } = place;
  const { decisions, unasked } = await searchLayer(run, place);
  const found = decisions.filter((one) => !isKept(run, place, one));
  const own = found.filter(({ because }) => because !== "foreign").map(({ object }) => object);
  const replaced = own.filter(isReplaced);
  const chosen = own.filter((object) => !isReplaced(object)).filter(isFirst);
  if (found.length > 0) showFound(run, layer, found.map(withEffect(chosen)));
  if (unasked.length > 0) throw notSearched(run, layer, unasked);
  if (replaced.length > 0) throw notImportable(run, place, replaced);
  if (chosen.length > 0)
    await importObjects(run, place, {
      objects: chosen,
      agree: (also) => agree(run, layer, { objects: chosen, also }),
    });
  // Where more waits, the next search begins with the record.
  else forgetCreations(run.world.files, run.folders, layer.name);
  signs.imported(chosen);
  return { imported: chosen, isMore: chosen.length < own.length };
}

/** What a state has or had already, and what an earlier destroy has left because something needs it. */
function isKept({ loaded }: DrainRun, { layer, state, before }: Searched, { object }: Decision): boolean {
  const { environment, settings } = loaded;
  const { address, id, by } = object;
  const retained = layer.retained?.({ environment, settings: settings[layer.name] }) ?? [];
  const isRetained = retained.some((resource) => resource.address === address);
  const wasImported = before.some((one) => one.id === id && one.wanted.type === object.wanted.type);
  return state?.hasId(id) === true || wasImported || (isRetained && by !== "record");
}

/** One object for each resource, and one resource for each object. */
function isFirst(object: FoundObject, index: number, all: readonly FoundObject[]): boolean {
  const { address, id, wanted } = object;
  return !all
    .slice(0, index)
    .some((one) => one.address === address || (one.id === id && one.wanted.type === wanted.type));
}

function withEffect(chosen: readonly FoundObject[]) {
  return ({ object, because, reason = "" }: Decision) => {
    if (chosen.includes(object)) return { object, effect: "import, then destroy" };
    return { object, effect: because === "rival" ? "the same after that" : `not touched: ${reason}` };
  };
}

/** A deletion that was in no plan when the operator agreed needs an answer, or an option, of its own. */
async function agree(
  run: DrainRun,
  layer: AnyLayer,
  { objects, also }: { readonly objects: readonly FoundObject[]; readonly also: string },
): Promise<void> {
  const { rehearse, removeLeftovers, yes } = run.request;
  if (rehearse || removeLeftovers === true) return;
  const count = counted(objects.length, "object");
  if (yes)
    throw new UserError(
      `Cannot destroy "${layer.name}" without approval: ${count} of it exist, and no state has ${listOf(objects.map(created))}`,
      `To destroy them as well, run: ${commandLine(run.request, { removeLeftovers: true })}`,
      exitCodes.recoveryNeeded,
    );
  await askConsent(run, {
    ...{ verb: "destroy", subject: layer.name, review: "what was found" },
    question: `Import ${count} into the state of ${layer.name}${also}, to destroy them with it?`,
    next: retryLine(run, layer),
  });
}

const created = ({ address, id }: FoundObject) => ({ address, ids: [id] });

function unfindable(
  run: DrainRun,
  layer: AnyLayer,
  { lost, need }: { readonly lost: readonly Creation[]; readonly need: string },
): UserError {
  return new UserError(
    `Cannot destroy "${layer.name}": an earlier run was cut off while it created objects, no state has ${listOf(lost)}, and they cannot be searched for, because "${need}" is not applied`,
    `Apply it, run: ${commandLine(run.request, { command: "apply", only: [need], from: undefined, until: undefined })}; then run: ${commandLine(run.request)}`,
    exitCodes.recoveryNeeded,
  );
}

/** Before anything is destroyed: later, what the search needs is gone. */
function notSearched(run: DrainRun, layer: AnyLayer, unasked: readonly Unasked[]): UserError {
  return new UserError(
    `Cannot destroy "${layer.name}": objects of it may be in no state; ${unaskedText(unasked)}`,
    `${curesOf(unasked)}; then run: ${retryLine(run, layer)}`,
    exitCodes.recoveryNeeded,
  );
}

function notImportable(
  run: DrainRun,
  { layer, terraform }: Place,
  objects: readonly FoundObject[],
): UserError {
  return new UserError(
    `Cannot destroy "${layer.name}": no state has ${listOf(objects.map(created))}, and Terraform would replace them once imported, because they differ`,
    `Delete them in the AWS console, or run: ${typedCommand(terraform.context.failed, "import <address> <ID>")}; then run: ${retryLine(run, layer)}`,
    exitCodes.recoveryNeeded,
  );
}

/** Throws if a record has any and there is no state bucket, without which nothing can be imported. */
export function assertNothingRecorded(run: DrainRun, layer: AnyLayer): void {
  const recorded = recordedCreations(run.world.files, run.folders, layer.name);
  if (recorded.length === 0) return;
  const again = commandLine(run.request);
  const creator = bootstrapLayer(run);
  const create =
    creator === undefined
      ? `the bucket "${run.loaded.environment.state.bucket}"`
      : `it, run: ${commandLine(run.request, { command: "apply", only: [creator.name], from: undefined, until: undefined })}`;
  throw new UserError(
    `Cannot destroy "${layer.name}": an earlier run was cut off while it created ${listOf(recorded)}, and without the state bucket they cannot be imported`,
    `Create ${create}; then run: ${again}`,
    exitCodes.recoveryNeeded,
  );
}
