import { exitCodes, UserError } from "../../../lib/errors";
import type { AnyLayer } from "../../../lib/layer/layer";
import { localState, withLocalState } from "./in-local-state";
import { authority, inspect, type LocalState, type Situation } from "./local-state";
import { TerraformFailure } from "../terraform/failures";
import { terraformFor } from "../terraform/for-layer";
import { isDeniedByS3, untilKeysPropagate } from "../terraform/key-propagation";
import type { Outcome } from "../run/outcome";
import { commandLine } from "../command-line/request";
import { damagedStateFile } from "../run/kept-state-file";
import type { Run } from "../run/run";
import { startOver } from "../run/start-over";
import { pullStateHead } from "../terraform/state";
import type { Terraform } from "../terraform/terraform";

type Step = (terraform: Terraform) => Promise<Outcome>;

/** An apply of it. */
interface Apply {
  /** Whether AWS lists anything of it, although there is neither its bucket nor a state. */
  readonly isSuspected: () => Promise<boolean>;
  /**
   * Looks for what an earlier bootstrap has left in no state; `is.adopted`: it and the bucket are imported, otherwise nothing has begun yet;
   * `is.recorded`: that bootstrap ran on this machine, which has its record.
   */
  readonly look: (
    terraform: Terraform,
    is: { readonly adopted: boolean; readonly recorded: boolean },
  ) => Promise<void>;
  readonly change: Step;
}

/**
 * Applies the layer that creates the state bucket: with local state until the bucket exists, then with the
 * bucket. If interrupted, the next run resumes.
 */
export async function applyBootstrap(
  run: Run,
  layer: AnyLayer,
  { isSuspected, look, change }: Apply,
): Promise<Outcome> {
  const terraform = terraformFor(run, layer, { verb: "apply" });
  const local = localState(run, layer, terraform);
  const situation = await inspect(terraform, local);
  const source = authority(situation, startOver(run));
  if (source === "remote") {
    local.remove();
    // Its own state may lack the bucket, of which nothing else says whose it is.
    if (run.request.adoptStateBucket) await look(terraform, { adopted: true, recorded: situation.started });
    return change(terraform);
  }
  if (source === "nowhere") assertAdoptable(run, situation);
  const adopted = situation.started || run.request.adoptStateBucket;
  const is = { adopted, recorded: situation.started };
  // Its key may have been created by an earlier run, a moment ago.
  if (adopted || source === "local") run.freshKeys.assume();
  if (!adopted && source === "nothing" && (await isSuspected()))
    await withLocalState(terraform, local, () => look(terraform, is));
  local.markStarted();
  run.events.note("The state of this layer is local until its bucket exists");
  const outcome = await withLocalState(terraform, local, async () => {
    if (adopted) await untilKeysPropagate(run, layer, { attempt: () => look(terraform, is) });
    return change(terraform);
  }).catch((error: unknown) => lostRace(run, { layer, local, error }));
  await untilKeysPropagate(run, layer, {
    attempt: () => pushState(run, terraform, local),
    isDenial: isDeniedByS3,
  });
  local.remove();
  return outcome;
}

/**
 * Throws the error of an apply that created nothing, because another run has created the bucket before: then that run has the lock,
 * and the next run has nothing to adopt.
 */
async function lostRace(
  run: Run,
  failed: { readonly layer: AnyLayer; readonly local: LocalState; readonly error: unknown },
): Promise<never> {
  const { layer, local, error } = failed;
  const taken = error instanceof TerraformFailure && /BucketAlready(OwnedByYou|Exists)/.test(error.output);
  if (taken && local.read() === undefined) {
    local.remove();
    await run.environmentLock.confirm(layer.name);
  }
  throw error;
}

/** Plans it against the authoritative state, local or remote; by itself, that changes neither. */
export async function planBootstrap(
  run: Run,
  { layer, verb }: { readonly layer: AnyLayer; readonly verb: "plan" | "recover" },
  show: Step,
): Promise<Outcome> {
  const terraform = terraformFor(run, layer, { verb, evenUnsaved: verb === "recover" });
  const local = localState(run, layer, terraform);
  if (verb === "recover" && local.isCut) moveAway(run, layer, local);
  const situation = await inspect(terraform, local);
  const source = authority(situation, startOver(run));
  if (source === "remote") return show(terraform);
  if (source === "nowhere" && verb === "plan") assertAdoptable(run, situation);
  try {
    return await withLocalState(terraform, local, () => show(terraform));
  } finally {
    // What was imported may not be all.
    if (verb === "recover" && !local.isCut && local.read() !== undefined) local.markStarted();
  }
}

/** What a cut state has listed is searched for, like all else that is in none. */
function moveAway(run: Run, layer: AnyLayer, local: LocalState): void {
  const target = damagedStateFile(run, layer, run.world.files.read(local.path) ?? "");
  // Without the state, only this says that the bucket is this environment's own.
  local.markStarted();
  local.moveTo(target);
  run.events.note(`${local.path} was not whole, and is moved to ${target}`, "warning");
}

/** Copies the local state to the bucket. Not with `init -migrate-state`, which also overwrites a newer state. */
async function pushState(run: Run, terraform: Terraform, local: LocalState): Promise<void> {
  const expected = local.read();
  await terraform.initialise();
  await terraform.run(["state", "push", run.world.files.absolute(local.path)]);
  const found = await pullStateHead(terraform);
  if (found?.contents === expected?.contents) return;
  throw new UserError(
    `Cannot move the state of the state bucket: ${found?.objects ?? 0} of ${expected?.objects ?? 0} objects are in the bucket; both copies are kept`,
    "Run the same command again",
    exitCodes.recoveryNeeded,
  );
}

/** A bucket without state is adopted only after an earlier bootstrap started, or with --adopt-state-bucket. */
function assertAdoptable(run: Run, situation: Situation): void {
  if (situation.started || run.request.adoptStateBucket) return;
  const { bucket } = run.loaded.environment.state;
  throw new UserError(
    `Cannot create the state bucket "${bucket}": it already exists, and contains no state of this environment's bucket`,
    `If it is managed outside this environment, set state.existing: true in ${run.file}; otherwise, to adopt it, run: ${commandLine(run.request, { adoptStateBucket: true })}`,
    exitCodes.preflightFailed,
  );
}
