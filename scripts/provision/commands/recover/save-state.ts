import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { quoted } from "../../command-line/quoted";
import { commandLine } from "../../command-line/request";
import { counted } from "../../run/counted";
import { keptStateFile } from "../../run/kept-state-file";
import { recordObjects } from "../../run/record-creations";
import { recoverLine } from "../../run/recover-line";
import { startOver } from "../../run/start-over";
import { askConsent } from "../../runner/consent";
import { unplacedText } from "../../runner/lost-objects/unplaced";
import { stateSerials } from "../../runner/state-serials";
import { pullStateHead, type StateHead } from "../../terraform/state";
import type { Terraform } from "../../terraform/terraform";
import { typedCommand } from "../../terraform/typed-command";
import { unsavedStates } from "../../terraform/unsaved-state";
import { endSaving } from "./end-saving";
import type { RecoverRun } from "./index";
import { type LeftOut, leftOut } from "./left-out";
import { replaceDamaged } from "./replace-damaged";
import { stateIn } from "./unusable-state";
import { withState } from "./with-state";

/** The state that an earlier run could not save, and the one in the bucket. */
interface States {
  readonly path: string;
  readonly unsaved: StateHead;
  readonly saved: StateHead;
}

/**
 * Saves the state in a file, or keeps the one in the bucket if that is as new. The file goes from where Terraform has left it; anywhere else
 * it is the operator's own, and stays. Returns what the other one has and this one lacks, which is recorded before, so that it is searched for.
 */
export async function saveState(run: RecoverRun, layer: AnyLayer, path: string): Promise<readonly LeftOut[]> {
  const unsaved = wholeState(run, layer, path);
  await replaceDamaged(run, layer, { path, unsaved });
  const serials = stateSerials(run, layer);
  let left: readonly LeftOut[] = [];
  await withState(run, layer, async (terraform) => {
    const saved = await pullStateHead(terraform);
    if (saved !== undefined && saved.lineage !== unsaved.lineage) throw otherLineage(run, terraform, path);
    if (saved === undefined || unsaved.serial > saved.serial) {
      if (saved !== undefined) left = await replace(run, layer, { path, unsaved, saved });
      await save(run, layer, { terraform, path, unsaved });
      if (left.length === 0) await endSaving(run, layer, serials);
    } else left = await setAside(run, layer, { path, unsaved, saved });
  });
  return left;
}

function otherLineage(run: RecoverRun, { layer, context }: Terraform, path: string): UserError {
  const again = startOver(run);
  return new UserError(
    `Cannot recover "${layer}": the state in ${path} has another lineage than the one in the bucket, so that one is not a later version of the other`,
    again === undefined
      ? `Compare them: ${quoted(context.program)} show ${quoted(path)}, and: ${typedCommand(context.failed, "show")}; to keep the one in the bucket, move that file away, and run: ${commandLine(run.request, { state: undefined, only: [layer] })}`
      : `Run: ${again}`,
    exitCodes.recoveryNeeded,
  );
}

/**
 * The serial grows with every attempt to save, so that a state with a higher one can be older than what another run has saved
 * meanwhile: where the bucket has objects that it lacks, somebody chooses. Returns these.
 */
async function replace(
  run: RecoverRun,
  layer: AnyLayer,
  { path, unsaved, saved }: States,
): Promise<readonly LeftOut[]> {
  const left = leftOut(run, layer, { by: unsaved, of: saved });
  if (left.length === 0) return left;
  run.screen.print(
    `\n${layer.name}: ${path} has a later state (serial ${unsaved.serial}) than the bucket (${saved.serial}), without:`,
  );
  show(run, left);
  assertChosen(run, layer, { path, left });
  await agree(run, layer, "Replace the state in the bucket?");
  recordObjects(run.world.files, run.folders, { layer: layer.name, objects: left });
  return left;
}

/** A file that is named is chosen; --yes alone names none. */
function assertChosen(
  run: RecoverRun,
  layer: AnyLayer,
  { path, left }: { readonly path: string; readonly left: readonly LeftOut[] },
): void {
  const { request, world } = run;
  if (request.state !== undefined || (world.terminal.interactive && !request.yes)) return;
  throw new UserError(
    `Cannot recover "${layer.name}": the state in ${path} lacks ${counted(left.length, "object")} that the one in the bucket has, and neither is chosen; nothing was changed`,
    `Review the objects above; to replace the state in the bucket, and to search for them, run: ${recoverLine(run, layer, { state: path, yes: true })}`,
    request.yes ? exitCodes.recoveryNeeded : exitCodes.preflightFailed,
  );
}

function show({ screen }: RecoverRun, left: readonly LeftOut[]): void {
  for (const object of left) screen.print(`  ${unplacedText(object)}`);
}

async function agree(run: RecoverRun, { name }: AnyLayer, question: string): Promise<void> {
  if (run.request.yes) return;
  await askConsent(run, {
    ...{ verb: "recover", subject: name, review: "the objects" },
    question: `${question} Objects above that exist are then in no state, and are searched for.`,
    next: commandLine(run.request),
  });
}

/** Terraform itself compares lineage and serial again, with the state locked. */
async function save(
  run: RecoverRun,
  layer: AnyLayer,
  {
    terraform,
    path,
    unsaved,
  }: { readonly terraform: Terraform; readonly path: string; readonly unsaved: StateHead },
): Promise<void> {
  const { files } = run.world;
  await terraform.run(["state", "push", files.absolute(path)]);
  const found = await pullStateHead(terraform);
  if (found?.contents !== unsaved.contents)
    throw new UserError(
      `Cannot recover "${terraform.layer}": the bucket has ${found?.objects ?? 0} of the ${unsaved.objects} objects in ${path}, which is kept`,
      "Run the same command again",
      exitCodes.recoveryNeeded,
    );
  const isOwn = isLeftByTerraform(run, layer, path);
  if (isOwn) files.remove(path);
  run.screen.print(
    `\n${terraform.layer}: saved the state with serial ${unsaved.serial} and ${unsaved.objects} objects; ${path} ${isOwn ? "is removed" : "stays"}`,
  );
}

/** In a folder of a run, where no command goes on as long as it is there. */
function isLeftByTerraform(run: RecoverRun, layer: AnyLayer, path: string): boolean {
  const { files } = run.world;
  return unsavedStates(run, layer).some((left) => files.absolute(left) === files.absolute(path));
}

/** The state in the bucket is as new, or newer; what it lacks may exist all the same. Returns that. */
async function setAside(
  run: RecoverRun,
  layer: AnyLayer,
  { path, unsaved, saved }: States,
): Promise<readonly LeftOut[]> {
  const { files } = run.world;
  const text = files.read(path) ?? "";
  const left = leftOut(run, layer, { by: saved, of: unsaved });
  const target = isLeftByTerraform(run, layer, path)
    ? keptStateFile(run, layer, { what: `serial-${unsaved.serial}`, text })
    : undefined;
  const isSame = saved.serial === unsaved.serial && saved.contents === unsaved.contents;
  const found = `the bucket has ${isSame ? "the same" : saved.serial === unsaved.serial ? "another" : "a later"} state`;
  if (left.length > 0) {
    run.screen.print(
      `\n${layer.name}: ${found} (serial ${saved.serial}) than ${path} (${unsaved.serial}), without:`,
    );
    show(run, left);
    const move = target === undefined ? "" : `, and move the other to ${target}`;
    await agree(run, layer, `Keep the state in the bucket${move}?`);
    recordObjects(files, run.folders, { layer: layer.name, objects: left });
  }
  if (target !== undefined) {
    files.write(target, text, "secret");
    files.remove(path);
  }
  const kept = target === undefined ? `${path} stays` : `the other one is moved to ${target}`;
  run.screen.print(`\n${layer.name}: ${found}${isSame ? ` (serial ${saved.serial})` : ""}; ${kept}`);
  return left;
}

function wholeState(run: RecoverRun, layer: AnyLayer, path: string): StateHead {
  const text = run.world.files.read(path);
  const head = stateIn(text);
  if (head !== undefined) return head;
  throw new UserError(
    `Cannot recover "${layer.name}": ${text === undefined ? `there is no file ${path}` : `the state in ${path} is not whole`}`,
    `Run: ${recoverLine(run, layer)} --state <the file that the earlier run named>`,
    exitCodes.recoveryNeeded,
  );
}
