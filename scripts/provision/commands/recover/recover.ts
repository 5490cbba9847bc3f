import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { quoted } from "../../command-line/quoted";
import { commandLine } from "../../command-line/request";
import { keptStateFile } from "../../run/kept-state-file";
import { recoverLine } from "../../run/recover-line";
import { startOver } from "../../run/start-over";
import { askConsent } from "../../runner/consent";
import type { Asked } from "../../run/command";
import { pullStateHead, type StateHead } from "../../terraform/state";
import type { Terraform } from "../../terraform/terraform";
import { typedCommand } from "../../terraform/typed-command";
import { unsavedStates } from "../../terraform/unsaved-state";
import type { RecoverRun } from "./index";
import { setAsideUnusable, stateIn } from "./unusable-state";
import { recoverLayers } from "./recover-layers";
import { restoreStates } from "./restore-states";
import { withState } from "./with-state";

/** Throws if --state or --state-version is given for other than one layer. */
export function check({ request }: Asked<RecoverRun>): void {
  const { state, stateVersion, only } = request;
  if ((state === undefined && stateVersion === undefined) || only.length === 1) return;
  throw new UserError(
    `Cannot recover: ${state === undefined ? "--state-version" : "--state"} is the state of one layer`,
    `Add --only with its layer: ${commandLine(request, { from: undefined, until: undefined, only: ["<layer>"] })}`,
    exitCodes.usage,
  );
}

/** Saves every state that an earlier run could not save, then looks for objects that are in none. */
export async function handle(run: RecoverRun): Promise<number> {
  const { state } = run.request;
  const { files } = run.world;
  const unusable = new Set<AnyLayer>();
  let found = 0;
  for (const layer of run.selected)
    for (const path of state === undefined ? unsavedStates(run, layer) : [state])
      if (state === undefined && stateIn(files.read(path)) === undefined) {
        setAsideUnusable(run, layer, path);
        unusable.add(layer);
      } else {
        await recover(run, layer, path);
        found += 1;
      }
  const restored = state === undefined ? await restoreStates(run) : 0;
  // What is in no state is searched for when the operator has seen what was restored.
  found += state === undefined && restored === 0 ? await recoverLayers(run, unusable) : restored;
  if (found === 0)
    run.screen.print(
      `\nNothing to recover: every state of ${run.loaded.environment.name} was saved\nTo look for objects that are in no state, name their layers with --only`,
    );
  return exitCodes.done;
}

async function recover(run: RecoverRun, layer: AnyLayer, path: string): Promise<void> {
  const unsaved = wholeState(run, layer, path);
  await withState(run, layer, async (terraform) => {
    const saved = await pullStateHead(terraform);
    if (saved !== undefined && saved.lineage !== unsaved.lineage) throw otherLineage(run, terraform, path);
    if (saved === undefined || unsaved.serial > saved.serial) {
      if (saved !== undefined) await agreeToReplace(run, layer, { path, unsaved, saved });
      await save(run, { terraform, path, unsaved });
    } else await setAside(run, layer, { path, unsaved, saved });
  });
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

interface States {
  readonly path: string;
  readonly unsaved: StateHead;
  readonly saved: StateHead;
}

/**
 * The serial grows with every attempt to save, so that a state with a higher one can be older than what another run has saved
 * meanwhile. Asks if the bucket has objects that it lacks.
 */
async function agreeToReplace(
  run: RecoverRun,
  layer: AnyLayer,
  { path, unsaved, saved }: States,
): Promise<void> {
  const lacking = objectsBeside(unsaved, saved);
  if (lacking.length === 0) return;
  run.screen.print(
    `\n${layer.name}: ${path} has a later state (serial ${unsaved.serial}) than the bucket (${saved.serial}), without:`,
  );
  await agree(run, layer, {
    lacking,
    question:
      "Replace the state in the bucket? Agree if the run that could not save has deleted the objects above; those that exist are then in no state.",
  });
}

/** Prints the objects that would be in no state, and asks. */
async function agree(
  run: RecoverRun,
  layer: AnyLayer,
  { lacking, question }: { readonly lacking: readonly string[]; readonly question: string },
): Promise<void> {
  for (const line of lacking) run.screen.print(`  ${objectText(line)}`);
  if (run.request.yes) return;
  await askConsent(run, {
    ...{ verb: "recover", subject: layer.name, review: "the objects" },
    question,
    next: commandLine(run.request),
  });
}

/** Lines of the other state's contents that this one has not. */
function objectsBeside({ contents }: StateHead, other: StateHead): readonly string[] {
  const known = new Set(contents.split("\n"));
  return other.contents.split("\n").filter((line) => line !== "" && !known.has(line));
}

/** Terraform itself compares lineage and serial again, with the state locked. */
async function save(
  run: RecoverRun,
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
  files.remove(path);
  run.screen.print(
    `\n${terraform.layer}: saved the state with serial ${unsaved.serial} and ${unsaved.objects} objects; ${path} is removed`,
  );
}

/** The state in the bucket is as new, or newer; what it lacks may exist all the same. */
async function setAside(run: RecoverRun, layer: AnyLayer, { path, unsaved, saved }: States): Promise<void> {
  const { files } = run.world;
  const text = files.read(path) ?? "";
  const lacking = objectsBeside(saved, unsaved);
  const target = keptStateFile(run, layer, { what: `serial-${unsaved.serial}`, text });
  if (lacking.length > 0) {
    run.screen.print(
      `\n${layer.name}: the bucket has a later state (serial ${saved.serial}) than ${path} (${unsaved.serial}), without:`,
    );
    await agree(run, layer, {
      lacking,
      question: `Keep the state in the bucket, and move the other to ${target}? Objects above that exist are then in no state.`,
    });
  }
  files.write(target, text, "secret");
  files.remove(path);
  run.screen.print(`\n${layer.name}: the bucket has a later state; the other one is moved to ${target}`);
}

/** `aws_vpc.vpc (vpc-1)` from a line of a state's contents. */
function objectText(line: string): string {
  // Written by readStateHead.
  const [type, name, key, id] = JSON.parse(line) as readonly (string | number | null)[];
  const index = key === null || key === undefined ? "" : `[${JSON.stringify(key)}]`;
  return `${String(type)}.${String(name)}${index}${typeof id === "string" ? ` (${id})` : ""}`;
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
