import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import type { Unasked } from "../../aws/unasked";
import { curesOf, unaskedText } from "../../aws/unasked-text";
import { quoted } from "../../command-line/quoted";
import { commandLine, type Request } from "../../command-line/request";
import { counted } from "../../run/counted";
import { forgetCreations } from "../../run/creations";
import { startOver } from "../../run/start-over";
import { askConsent } from "../../runner/consent";
import { importObjects } from "../../runner/lost-objects/import-objects";
import { type Place, type Renamed, searchLayer, showFound } from "../../runner/lost-objects/search";
import type { Decision } from "../../runner/lost-objects/sort-out";
import { type Unplaced, unplacedText } from "../../runner/lost-objects/unplaced";
import { stateSerials } from "../../runner/state-serials";
import { typedCommand } from "../../terraform/typed-command";
import { dropGone } from "./drop-gone";
import type { RecoverRun } from "./index";

/** An object that is not imported, and why. */
interface Left {
  readonly object: Pick<Decision["object"], "address" | "id"> & Partial<Pick<Decision["object"], "wanted">>;
  readonly reason?: string;
  readonly because?: Decision["because"];
}

/** Finds what an apply that was cut off has created, and that no state has, and imports it with consent. */
export async function recoverObjects(run: RecoverRun, place: Place): Promise<void> {
  const { layer } = place;
  const serials = stateSerials(run, layer);
  const { decisions, displaced, renamed, unplaced, unasked } = await searchLayer(run, place);
  const gone = displaced.filter(({ isReplaced }) => !isReplaced);
  if (gone.length > 0) {
    await dropGone(run, place, gone);
    return recoverObjects(run, place);
  }
  if (renamed.length > 0) throw renamedInState(run, place, renamed);
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
  const others = [
    ...left.filter(({ because }) => because !== "unasked" && because !== "needs"),
    ...displaced.map((object) => ({
      object,
      reason: "the state has another one in its place, which exists",
    })),
  ];
  if (unasked.length > 0) throw notSearched(run, place, { unasked, others });
  if (left.length + others.length > 0) throw notImported(run, place, [...new Set([...left, ...others])]);
  forgetCreations(run.world.files, run.folders, layer.name);
  run.events.publish({ type: "layer recovered", layer: layer.name, serials: await serials("applied") });
  if (unplaced.length > 0) throw notPlaced(run, layer, unplaced);
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

function notImported(run: RecoverRun, { layer, terraform }: Place, left: readonly Left[]): UserError {
  const again = commandLine(run.request, { only: [layer.name] });
  const over = startOver(run);
  const byHand = typedCommand(terraform.context.failed, "import <address> <ID>");
  return new UserError(
    `Cannot import ${counted(left.length, "object")} of "${layer.name}": ${reasons(left)}`,
    over === undefined
      ? (adoptHint(run, layer, left) ??
          `Delete what is not needed, or rename it; to import one by hand, run: ${byHand}; then run: ${again}`)
      : `Run: ${over}`,
    exitCodes.recoveryNeeded,
  );
}

/** Imported, it would be in the state twice, and the next apply would delete it. */
function renamedInState(
  run: RecoverRun,
  { layer, terraform }: Place,
  renamed: readonly Renamed[],
): UserError {
  const over = startOver(run);
  const moves = renamed.map(({ from, to }) =>
    typedCommand(terraform.context.failed, `state mv ${quoted(from)} ${quoted(to)}`),
  );
  return new UserError(
    `Cannot recover "${layer.name}": the state has ${counted(renamed.length, "object")} at another address than the plan: ${renamed.map(({ from, to, id }) => `${from} (${id}) is ${to} there`).join("; ")}`,
    `Run: ${over ?? [...moves, commandLine(run.request, { only: [layer.name] })].join("; then run: ")}`,
    exitCodes.recoveryNeeded,
  );
}

/** Of a state bucket of which nothing says that it is this environment's. */
function adoptHint(
  { request, loaded, file }: RecoverRun,
  { name }: AnyLayer,
  left: readonly Left[],
): string | undefined {
  const { bucket } = loaded.environment.state;
  const isForeign = left.some(
    ({ object: { id, wanted }, because }) =>
      because === "foreign" && wanted?.type === "aws_s3_bucket" && id === bucket,
  );
  if (!isForeign) return undefined;
  const adopt = commandLine<Request>(request, {
    ...{ command: "apply", only: [name], from: undefined, until: undefined, adoptStateBucket: true },
  });
  return `If the bucket is managed outside this environment, set state.existing: true in ${file}; otherwise, to adopt it, run: ${adopt}`;
}

/** Once, and for everybody: nothing remembers them, since nothing but a person can do anything about them. */
function notPlaced(run: RecoverRun, { name }: AnyLayer, unplaced: readonly Unplaced[]): UserError {
  const over = startOver(run);
  const apply = commandLine<Request>(run.request, { command: "apply" });
  return new UserError(
    `Cannot finish recovering "${name}": ${counted(unplaced.length, "object")} may exist and be in no state, and cannot be imported: ${unplaced.map(unplacedText).join("; ")}`,
    over === undefined
      ? `Look for them in the AWS console, and delete those that exist; then run: ${apply}`
      : `Run: ${over}`,
    exitCodes.recoveryNeeded,
  );
}

/** The record stays, by which the next search finds the rest. */
function notSearched(
  run: RecoverRun,
  { layer: { name } }: Place,
  { unasked, others }: { readonly unasked: readonly Unasked[]; readonly others: readonly Left[] },
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

function reasons(left: readonly Left[]): string {
  return left.map(({ object, reason = "" }) => `${object.address} (${object.id}): ${reason}`).join("; ");
}
