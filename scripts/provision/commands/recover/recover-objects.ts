import { exitCodes, UserError } from "../../../../lib/errors";
import type { Unasked } from "../../aws/unasked";
import { curesOf, unaskedText } from "../../aws/unasked-text";
import { commandLine } from "../../command-line/request";
import { counted } from "../../run/counted";
import { forgetCreations } from "../../run/creations";
import { startOver } from "../../run/start-over";
import { askConsent } from "../../runner/consent";
import { importObjects } from "../../runner/lost-objects/import-objects";
import { type Place, searchLayer, showFound } from "../../runner/lost-objects/search";
import type { Decision } from "../../runner/lost-objects/sort-out";
import { typedCommand } from "../../terraform/typed-command";
import type { RecoverRun } from "./index";

/** Finds what an apply that was cut off has created, and that no state has, and imports it with consent. */
export async function recoverObjects(run: RecoverRun, place: Place): Promise<void> {
  const { layer } = place;
  const { decisions, unasked } = await searchLayer(run, place);
  if (decisions.length > 0)
    showFound(
      run,
      layer,
      decisions.map((decision) => ({ object: decision.object, effect: effectOf(decision) })),
    );
  else if (unasked.length === 0)
    run.screen.print(`\n${layer.name}: nothing exists that its plan would create once more`);
  const left = decisions.filter(({ reason }) => reason !== undefined);
  const importable = decisions.flatMap(({ object, reason }) => (reason === undefined ? [object] : []));
  if (importable.length > 0)
    await importObjects(run, place, {
      objects: importable,
      agree: (created) => agree(run, place, { count: importable.length, created }),
      mayExist: ({ address, type }) =>
        left.some(({ object }) => object.address === address) ||
        unasked.some(({ types }) => types.includes(type)),
    });
  const others = left.filter(({ because }) => because !== "unasked" && because !== "needs");
  if (unasked.length > 0) throw notSearched(run, place, { unasked, others });
  if (left.length > 0) throw notImported(run, place, left);
  forgetCreations(run.world.files, run.folders, layer.name);
  run.events.publish({ type: "layer recovered", layer: layer.name });
}

function effectOf({ object, reason }: Decision): string {
  if (reason !== undefined) return `not imported: ${reason}`;
  return object.actions.includes("update") ? "import, then change in place" : "import";
}

async function agree(
  run: RecoverRun,
  { layer }: Place,
  { count, created }: { readonly count: number; readonly created: string },
): Promise<void> {
  if (run.request.yes) return;
  await askConsent(run, {
    ...{ verb: "recover", subject: layer.name, review: "what was found" },
    question: `Import ${counted(count, "object")} into the state of ${layer.name}${created}?`,
    next: commandLine(run.request),
  });
}

function notImported(run: RecoverRun, { layer, terraform }: Place, left: readonly Decision[]): UserError {
  const again = commandLine(run.request, { only: [layer.name] });
  const over = startOver(run);
  const byHand = typedCommand(terraform.context.failed, "import <address> <ID>");
  return new UserError(
    `Cannot import ${counted(left.length, "object")} of "${layer.name}": ${reasons(left)}`,
    over === undefined
      ? `Delete what is not needed, or rename it; to import one by hand, run: ${byHand}; then run: ${again}`
      : `Run: ${over}`,
    exitCodes.recoveryNeeded,
  );
}

/** The record stays, by which the next search finds the rest. */
function notSearched(
  run: RecoverRun,
  { layer: { name } }: Place,
  { unasked, others }: { readonly unasked: readonly Unasked[]; readonly others: readonly Decision[] },
): UserError {
  const also =
    others.length === 0
      ? ""
      : `; and ${counted(others.length, "object")} that exist are not imported: ${reasons(others)}`;
  return new UserError(
    `Cannot find all objects of "${name}": ${unaskedText(unasked)}${also}`,
    `${curesOf(unasked)}; then run: ${commandLine(run.request, { only: [name] })}`,
    exitCodes.recoveryNeeded,
  );
}

function reasons(left: readonly Decision[]): string {
  return left.map(({ object, reason = "" }) => `${object.address} (${object.id}): ${reason}`).join("; ");
}
