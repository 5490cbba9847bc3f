import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import type { Unasked } from "../../aws/unasked";
import { curesOf, unaskedText } from "../../aws/unasked-text";
import { commandLine } from "../../command-line/request";
import { counted } from "../../run/counted";
import { type Creation, forgetCreations } from "../../run/creations";
import { retryLine } from "../../run/run";
import { askConsent } from "../../runner/consent";
import { cutOffRun, cutOffText } from "../../runner/cut-off-run";
import type { FoundObject } from "../../runner/lost-objects/find-objects";
import { importObjects } from "../../runner/lost-objects/import-objects";
import { type Place, searchLayer, showFound } from "../../runner/lost-objects/search";
import { type Decision, isReplaced } from "../../runner/lost-objects/sort-out";
import { needHint, needText } from "../../runner/need-hint";
import { terraformFor } from "../../terraform/for-layer";
import { listOf, lostCreations } from "../../terraform/lost-creations";
import { type MissingNeed, missingNeed } from "../../terraform/needs";
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
  /** Throws if something of what was found stands in the way of the destroy. */
  readonly assertOwn?: (found: readonly Decision[]) => void;
  /** Whether what the state had was destroyed before. */
  readonly isAgain?: boolean;
}

/** Imports what exists of a layer and is in no state, with consent of its own, so that the plan of its destroy has it. */
export async function importLost(run: DrainRun, place: Searched, signs: Signs): Promise<Imported> {
  const { layer, terraform, state } = place;
  const lost = await lostCreations(run, layer, terraform);
  const isTold = await signs.tell(layer, state);
  if (lost.length === 0 && !isTold) return nothing;
  const missing = await missingNeed(run, layer);
  if (missing !== undefined) {
    await assertNothingBegun(run, layer, { lost, missing });
    // Nothing of it can be planned, and what has tags is named at the end.
    return nothing;
  }
  return withPrivateEndpoint(run, layer, async (variables) => {
    // As it was applied: what is imported may need objects that differ from what is unprotected.
    const reached = { ...place, terraform: terraformFor(run, layer, { verb: "destroy", variables }) };
    await reached.terraform.initialise();
    return importFound(run, reached, signs);
  });
}

/** The same without a sign; the layer's folder is initialised. */
export async function importFound(run: DrainRun, place: Searched, signs: Signs): Promise<Imported> {
  const { layer } = place;
  const { decisions, displaced, unplaced, unasked } = await searchLayer(run, place);
  const found = decisions.filter((one) => !isKept(run, place, one));
  const own = found.filter(({ because }) => because !== "foreign").map(({ object }) => object);
  const replaced = own.filter(isReplaced);
  const chosen = own.filter((object) => !isReplaced(object)).filter(isFirst);
  if (found.length > 0) showFound(run, layer, found.map(withEffect(chosen)));
  place.assertOwn?.(found);
  if (unasked.length > 0) throw notSearched(run, layer, unasked);
  if (replaced.length > 0) throw notImportable(run, place, replaced);
  if (chosen.length > 0)
    await importObjects(run, place, {
      objects: chosen,
      agree: (also) => agree(run, place, { objects: chosen, also }),
    });
  // Where more waits, the next search begins with the record.
  else if (displaced.length + unplaced.length === 0)
    forgetCreations(run.world.files, run.folders, layer.name);
  signs.imported(chosen);
  const isBefore = place.isAgain !== true;
  signs.unplaced(
    layer,
    unplaced.filter(({ isBeside }) => !(isBeside && isBefore)),
  );
  // What the state has in the place of others goes first.
  return {
    imported: chosen,
    isMore:
      chosen.length < own.length ||
      (isBefore && (displaced.length > 0 || unplaced.some(({ isBeside }) => isBeside))),
  };
}

/** What a state had already, and what an earlier destroy has left because something needs it. */
function isKept({ loaded }: DrainRun, { layer, before }: Searched, { object }: Decision): boolean {
  const { environment, settings } = loaded;
  const { address, id, by, wanted } = object;
  const retained = layer.retained?.({ environment, settings: settings[layer.name] }) ?? [];
  const isRetained = retained.some((resource) => resource.address === address);
  const wasImported = before.some((one) => one.id === id && one.wanted.type === wanted.type);
  return wasImported || (isRetained && by !== "record");
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
  { layer, adopted }: Place,
  { objects, also }: { readonly objects: readonly FoundObject[]; readonly also: string },
): Promise<void> {
  const { rehearse, removeLeftovers, yes } = run.request;
  if (rehearse || removeLeftovers === true) return;
  // What was begun here; tags may be those of a bootstrap elsewhere.
  if (adopted !== undefined && objects.every(({ by }) => by !== "tags")) return;
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

/** Throws if a run was cut off while it created objects of a layer that cannot be planned, and so not searched. */
async function assertNothingBegun(
  run: DrainRun,
  layer: AnyLayer,
  { lost, missing }: { readonly lost: readonly Creation[]; readonly missing: MissingNeed },
): Promise<void> {
  const elsewhere = lost.length === 0 ? await cutOffRun(run, layer.name) : undefined;
  if (lost.length === 0 && elsewhere === undefined) return;
  const begun =
    elsewhere === undefined
      ? `an earlier run was cut off while it created objects, no state has ${listOf(lost)}`
      : cutOffText(elsewhere, layer.name);
  throw new UserError(
    `Cannot destroy "${layer.name}": ${begun}, and they cannot be searched for, because ${needText(missing)}`,
    await needHint(run, missing),
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
