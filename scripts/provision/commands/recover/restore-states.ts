import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { awsFailure } from "../../aws/failure";
import { readState } from "../../aws/state-versions";
import { commandLine } from "../../command-line/request";
import { recoverLine } from "../../run/recover-line";
import { startOver } from "../../run/start-over";
import { askConsent } from "../../runner/consent";
import { isAbsent, type Trouble, troubleOf } from "../../runner/stored-states/look";
import { troubleText } from "../../runner/stored-states/guard";
import type { RecoverRun } from "./index";
import { lastState } from "./last-state";
import { putState } from "./put-state";
import { emptyState, withSerial } from "./restored-text";
import { type Candidate, candidates, latest, versionLine, type WholeVersion } from "./versions";

/** The value of --state-version with which a state without objects is written. */
const none = "none";

/** Puts an earlier version in the place of each state in the bucket that is damaged or gone; returns how many. */
export async function restoreStates(run: RecoverRun): Promise<number> {
  let restored = 0;
  for (const layer of run.selected) {
    const trouble = await troubleIn(run, layer);
    if (trouble === undefined) assertNotAsked(run, layer);
    else {
      await restore(run, layer, trouble);
      restored += 1;
    }
  }
  return restored;
}

/** Throws where AWS does not let the state be read: nothing would tell then whether it has to be recovered. */
async function troubleIn(run: RecoverRun, layer: AnyLayer): Promise<Trouble | undefined> {
  if (run.rehearsal !== undefined) return troubleOf(run, layer);
  const read = await readState(run, layer.name);
  if ("fault" in read && read.fault.code !== "NoSuchBucket" && !(await isAbsent(run, layer, read.fault.code)))
    throw awsFailure(run, `read the state of "${layer.name}"`, read.fault);
  return troubleOf(run, layer, read);
}

function assertNotAsked({ request }: RecoverRun, { name }: AnyLayer): void {
  if (request.stateVersion === undefined) return;
  throw new UserError(
    `Cannot recover "${name}": its state in the bucket is whole, and no version takes its place`,
    `To see what would change, run: ${commandLine(request, { command: "plan", only: [name], stateVersion: undefined })}`,
    exitCodes.usage,
  );
}

async function restore(run: RecoverRun, layer: AnyLayer, trouble: Trouble): Promise<void> {
  const { name } = layer;
  const again = startOver(run);
  if (again !== undefined)
    throw new UserError(
      `Cannot recover "${name}": ${troubleText(trouble)}`,
      `Run: ${again}`,
      exitCodes.recoveryNeeded,
    );
  run.screen.print(`\n${name}: ${troubleText(trouble)}`);
  const found = await candidates(run, name, run.request.stateVersion);
  if (found.length > 0) run.screen.print("  Its versions in the bucket, the newest first:");
  for (const version of found) run.screen.print(`  ${versionLine(version)}`);
  const { lineage, serial: highest, isCertain } = await lastState(run, layer, { trouble, found });
  const serial = highest + 1;
  if (run.request.stateVersion === none) {
    await agreeToNone(run, layer);
    await putState(run, layer, {
      trouble,
      text: emptyState(lineage ?? newLineage(run), serial),
      lacks: true,
    });
    run.screen.print(
      `${name}: its state is empty now; what exists of it is in no state\n  To find and import it, run: ${recoverLine(run, layer)}`,
    );
    return;
  }
  const version = chosen(run, layer, { found, lineage });
  if (lineage !== undefined && version.head.lineage !== lineage)
    throw new UserError(
      `Cannot recover "${name}": version ${version.id} has another lineage than its state had last, so that the two are of different objects`,
      `Choose another version: ${recoverLine(run, layer)} --state-version <id>`,
      exitCodes.recoveryNeeded,
    );
  await agree(run, layer, version);
  const { objects, serial: before } = version.head;
  const lacks = !isCertain || before < highest;
  await putState(run, layer, { trouble, text: withSerial(version.text, serial), lacks });
  run.screen.print(
    `${name}: restored version ${version.id} with ${objects} objects as serial ${serial}\n  What was created after that version was written is in no state: ${recoverLine(run, layer)} searches for it${lacks ? ", and has to before the next apply" : ""}`,
  );
}

/** As Terraform makes one: https://developer.hashicorp.com/terraform/language/state */
function newLineage({ world }: RecoverRun): string {
  const digits = world.randomBytes(16).toString("hex");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** The version that the operator named, or the latest that is whole. */
function chosen(
  run: RecoverRun,
  layer: AnyLayer,
  { found, lineage }: { readonly found: readonly Candidate[]; readonly lineage: string | undefined },
): WholeVersion {
  const { stateVersion } = run.request;
  const named = found.find(({ id }) => id === stateVersion);
  const version = stateVersion === undefined ? latest(found, lineage) : named;
  if (version !== undefined && "head" in version) return version;
  const truth =
    stateVersion === undefined
      ? "the bucket has no version of its state that could be restored"
      : named === undefined
        ? `the bucket has no version ${stateVersion} of its state`
        : `version ${stateVersion} cannot be restored`;
  throw new UserError(
    `Cannot recover "${layer.name}": ${truth}`,
    stateVersion === undefined
      ? `If nothing of it exists, or you import what does, begin with an empty state: ${recoverLine(run, layer, { stateVersion: none, yes: false })}`
      : `To see its versions, run: ${recoverLine(run, layer)}`,
    exitCodes.recoveryNeeded,
  );
}

/** A version that is named needs no question; --yes alone names none. */
async function agree(run: RecoverRun, layer: AnyLayer, { id, head }: WholeVersion): Promise<void> {
  const { request, world } = run;
  if (request.stateVersion !== undefined) return;
  const naming = recoverLine(run, layer, { stateVersion: id });
  if (request.yes || !world.terminal.interactive)
    throw new UserError(
      `Cannot recover "${layer.name}": no version of its state is chosen; nothing was changed`,
      `To restore the newest one that is whole, run: ${naming}`,
      exitCodes.preflightFailed,
    );
  await askConsent(run, {
    ...{ verb: "recover", subject: layer.name, review: "the versions" },
    question: `Restore version ${id} with ${head.objects} objects? For another one, answer no, and add --state-version with its ID.`,
    next: naming,
  });
}

async function agreeToNone(run: RecoverRun, { name }: AnyLayer): Promise<void> {
  if (run.request.yes) return;
  await askConsent(run, {
    ...{ verb: "recover", subject: name, review: "what exists of it", danger: true },
    question: `Begin with an empty state of ${name}? The next apply creates all of it, beside what exists.`,
    next: commandLine(run.request),
  });
}
