import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { awsFailure } from "../../aws/failure";
import { putObject } from "../../aws/put-object";
import { stateLocation } from "../../../../lib/layer/state-location";
import { commandLine } from "../../command-line/request";
import { damagedStateFile } from "../../run/kept-state-file";
import { recoverLine } from "../../run/recover-line";
import { startOver } from "../../run/start-over";
import { askConsent } from "../../runner/consent";
import { type Trouble, troubleOf } from "../../runner/stored-states/look";
import { troubleText } from "../../runner/stored-states/guard";
import { terraformFor } from "../../terraform/for-layer";
import { pullStateHead, readStateHead } from "../../terraform/state";
import type { RecoverRun } from "./index";
import { emptyState, identityIn, withSerial } from "./restored-text";
import { type Candidate, candidates, versionLine, type WholeVersion } from "./versions";

/** The value of --state-version with which a state without objects is written. */
const none = "none";

/** Puts an earlier version in the place of each state in the bucket that is damaged or gone; returns how many. */
export async function restoreStates(run: RecoverRun): Promise<number> {
  let restored = 0;
  for (const layer of run.selected) {
    const trouble = await troubleOf(run, layer);
    if (trouble === undefined) assertNotAsked(run, layer);
    else {
      await restore(run, layer, trouble);
      restored += 1;
    }
  }
  return restored;
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
  const serial =
    1 + Math.max(0, ...found.map((each) => ("head" in each ? each.head.serial : 0)), knownSerial(trouble));
  const lineage = knownLineage(trouble, found);
  if (run.request.stateVersion === none) {
    await agreeToNone(run, layer);
    await put(run, layer, { trouble, text: emptyState(lineage ?? newLineage(run), serial) });
    run.screen.print(`${name}: its state is empty now; what exists of it is in no state`);
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
  await put(run, layer, { trouble, text: withSerial(version.text, serial) });
  const { objects } = version.head;
  run.screen.print(
    `${name}: restored version ${version.id} with ${objects} objects as serial ${serial}\n  What was created after that version was written is in no state: ${recoverLine(run, layer)} searches for it`,
  );
}

function knownSerial(trouble: Trouble): number {
  return trouble.kind === "damaged" ? identityIn(trouble.text).serial : (trouble.last.serial ?? 0);
}

function knownLineage(trouble: Trouble, found: readonly Candidate[]): string | undefined {
  const cut = trouble.kind === "lost" ? undefined : identityIn(trouble.text).lineage;
  const newest = found.find((version): version is WholeVersion => "head" in version);
  return cut ?? newest?.head.lineage;
}

/** As Terraform makes one: https://developer.hashicorp.com/terraform/language/state */
function newLineage({ world }: RecoverRun): string {
  const digits = world.randomBytes(16).toString("hex");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** The one of the highest serial: it may be older than one that was put in its place. */
function latest(found: readonly Candidate[], lineage: string | undefined): WholeVersion | undefined {
  const whole = found.filter((each): each is WholeVersion => "head" in each && each.head.lineage === lineage);
  return whole.toSorted((one, other) => other.head.serial - one.head.serial)[0];
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

/** Writes a state if the bucket has what was seen, keeps what was there, and lets Terraform read it back. */
async function put(
  run: RecoverRun,
  layer: AnyLayer,
  { trouble, text }: { readonly trouble: Trouble; readonly text: string },
): Promise<void> {
  const { world, loaded, request } = run;
  if (trouble.kind === "damaged" && trouble.text !== "") {
    const path = damagedStateFile(run, layer, trouble.text);
    world.files.write(path, trouble.text, "secret");
    run.screen.print(`  What was in the bucket is kept in ${path}`);
  }
  await run.environmentLock.confirm(layer.name);
  const { key } = stateLocation(loaded.environment, layer.name);
  const condition = trouble.kind === "lost" ? { IfNoneMatch: "*" as const } : { IfMatch: trouble.etag };
  const reply = await putObject(run, { key, text, condition, patience: "work" });
  if (reply.kind === "fault") throw awsFailure(run, `restore the state of "${layer.name}"`, reply.fault);
  const terraform = terraformFor(run, layer, { verb: "recover", evenUnsaved: true });
  await terraform.initialise();
  const found = await pullStateHead(terraform);
  if (found?.contents === readStateHead(text)?.contents) return;
  throw new UserError(
    `Cannot recover "${layer.name}": Terraform reads another state from the bucket than was written`,
    `Run: ${commandLine(request)}`,
    exitCodes.recoveryNeeded,
  );
}
