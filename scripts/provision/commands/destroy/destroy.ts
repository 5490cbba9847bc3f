import { exitCodes } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { surveyLeftovers } from "../../aws/survey";
import { destroyBootstrap } from "../../bootstrap/bootstrap";
import type { Outcome } from "../../run/outcome";
import type { PlanReading } from "../../run/plan";
import { bootstrapLayer, type Run } from "../../run/run";
import { type Kept, keptResources } from "../../runner/kept-resources";
import { guardsAgainst } from "../../runner/lift-guards";
import { agreeToLoss } from "../../runner/loss-consent";
import { assertLossAllowed } from "../../runner/plan-consent";
import { publishPlan } from "../../runner/publish-plan";
import { walk } from "../../runner/walk";
import { TerraformFailure } from "../../terraform/failures";
import { terraformFor } from "../../terraform/for-layer";
import { withPlan } from "../../terraform/plan-file";
import { withRetries } from "../../terraform/retries";
import type { GuardLift } from "../../terraform/deletion-guards";
import { assertNothingLost } from "../../terraform/lost-creations";
import { assertAllStates } from "../../runner/stored-states/assert-all";
import { losses } from "../../terraform/stateful";
import type { Terraform } from "../../terraform/terraform";
import { isPartOf } from "../../runner/approved";
import { agreeToDestroy, assertConfirmFits } from "./checks";
import type { DrainRun } from "./drain/drain-run";
import { drainedFirst } from "./drain/drained-first";
import { removeObstacles } from "./obstacles";
import { assertNoReaders, holdsObjects } from "./readers";
import { endingObjects } from "./ending-objects";
import { destroyOptions } from "./plan-options";
import { Remaining } from "./remaining";
import { takeOut } from "./retention";
import { destroyPlanned } from "./destroy-planned";
import { announceHooks, showSteps } from "./steps";
import { surveyTagged } from "./tagged-leftovers";
import { synthesiseUnprotected } from "./synthesise";
import { assertBucketUnshared } from "./shared-bucket";
import { destroyUnconfigured, unconfigured } from "./unconfigured";
import { type Unprotect, unprotecting } from "./unprotected";
import type { DestroyRun } from "./index";

/** Asks for approval and destroys the selected layers. */
export async function handle(run: DestroyRun): Promise<number> {
  assertConfirmFits(run);
  await destroyAll(run, () => agreeToDestroy(run));
  return exitCodes.done;
}

/** Destroys the selected layers in reverse order, the layer of the state bucket last; `agree` throws unless confirmed. */
export async function destroyAll(run: DrainRun, agree: () => Promise<void>): Promise<void> {
  await assertAllStates(run);
  await synthesiseUnprotected(run);
  await assertNoReaders(run);
  await assertBucketUnshared(run);
  announceHooks(run);
  await agree();
  const creator = bootstrapLayer(run);
  const others = run.selected.filter((layer) => layer !== creator).toReversed();
  const order = creator && run.selected.includes(creator) ? [...others, creator] : others;
  const kept: string[] = [];
  const remaining = new Remaining(run);
  try {
    await walk(run, order, (layer) =>
      layer === creator
        ? destroyBootstrap(run, layer, (terraform) =>
            unprotecting(run, { layer, terraform }, (unprotect) =>
              destroy(run, { layer, terraform, unprotect, remaining }),
            ),
          )
        : destroyLayer(run, layer, { kept, remaining }),
    );
    await surveyTagged(run, order);
  } finally {
    remaining.show();
    showKept(run, kept);
  }
  // Not with its layer, of which a rehearsal shows one line.
  if (run.request.rehearse && order.some((layer) => layer.rollout !== undefined))
    run.events.note("Not rehearsed: the deletion of the applications, which needs a cluster", "quiet");
  await surveyLeftovers(run);
}

/** Last, because nothing else remembers what is no longer in a state. */
function showKept({ events }: Run, kept: readonly string[]): void {
  const about = "what is still needed, and so was not destroyed";
  events.publish({ type: "account checked", title: "Kept", about, findings: kept, unknown: [] });
}

/** What a run leaves, for its end. */
interface Left {
  /** Receives a sentence for each object that something needs. */
  readonly kept: string[];
  readonly remaining: Remaining;
}

async function destroyLayer(run: DrainRun, layer: AnyLayer, left: Left): Promise<Outcome> {
  const use = { verb: "destroy", outdir: run.folders.unprotected };
  const initialised = terraformFor(run, layer, use);
  const holds = await holdsObjects(initialised);
  await assertNothingLost(run, layer, initialised);
  if (!holds) return { kind: "nothing to destroy" };
  return drainedFirst(run, { layer, terraform: initialised }, async (variables) => {
    const terraform = terraformFor(run, layer, { ...use, variables });
    const needed = await keptResources(run, { layer, terraform });
    return unprotecting(run, { layer, terraform }, (unprotect) => {
      const target = { layer, terraform, needed, ...left, unprotect, agreed: {} };
      return withRetries(run, layer, { command: "apply", attempt: () => destroyAround(run, target) });
    });
  });
}

interface Target {
  readonly layer: AnyLayer;
  readonly terraform: Terraform;
  /** What is not destroyed. */
  readonly needed?: readonly Kept[];
  /** Receives a sentence for each. */
  readonly kept?: string[];
  /** The plan that the operator agreed to in an earlier attempt. */
  readonly agreed?: { plan?: PlanReading };
  /** Disables deletion protection; unset where nothing is protected. */
  readonly unprotect?: Unprotect | undefined;
  /** What the run leaves. */
  readonly remaining: Remaining;
}

/** Deletes what is in the way, before and once more: AWS may create it again as long as instances run. */
async function destroyAround(run: Run, target: Target): Promise<Outcome> {
  const { layer, terraform } = target;
  await removeObstacles(run, layer, terraform);
  try {
    return await destroy(run, target);
  } catch (error) {
    const inUse = error instanceof TerraformFailure && error.output.includes("DependencyViolation");
    if (!inUse || !(await removeObstacles(run, layer, terraform))) throw error;
    return destroy(run, { layer, terraform, remaining: target.remaining });
  }
}

/** What the operator agreed to, and what comes before it is planned again. */
interface Agreed {
  readonly plan: PlanReading;
  readonly lift?: GuardLift;
}

/**
 * Once the operator has agreed, deletion protection is disabled, what something needs leaves the state, what is protected
 * and in the state alone is destroyed, and the rest is planned again. Where nothing is asked, protection is disabled before
 * the plan, which is then the only one.
 */
async function destroy(run: Run, target: Target): Promise<Outcome> {
  const { layer, terraform, needed = [], kept, unprotect, agreed = {} } = target;
  const { yes } = run.request;
  if (yes) await unprotect?.lift();
  const creation = { files: run.world.files, options: destroyOptions(run, layer) };
  const step = await withPlan<Outcome | Agreed>(terraform, creation, async (plan) => {
    const changes = plan.changes.filter((change) =>
      needed.every(({ address }) => address !== change.address),
    );
    const shown = { ...plan, changes };
    publishPlan(run, layer, shown);
    const lift = await guardsAgainst(run, { layer, terraform }, unconfigured(run, layer, changes));
    const guarded = yes ? [] : (unprotect?.addresses ?? []);
    const ending = await endingObjects(terraform, shown);
    showSteps(run, { guarded, lift, ending });
    if (!isPartOf(shown, agreed.plan)) await agreeToLosses(run, layer, shown);
    agreed.plan = shown;
    const ready = lift === undefined && needed.length === 0 && (yes || unprotect === undefined);
    if (ready) return destroyPlanned(run, target, { plan, ending });
    return { plan: shown, ...(lift === undefined ? {} : { lift }) };
  });
  if ("kind" in step) return step;
  if (!yes) await unprotect?.lift();
  kept?.push(...(await takeOut(run, terraform, needed)));
  const before = step.lift === undefined ? 0 : await destroyUnconfigured(run, terraform, step.lift);
  const { kind, counts } = await withPlan(terraform, creation, async (plan) => {
    if (!isPartOf(plan, step.plan)) {
      publishPlan(run, layer, plan);
      await agreeToLosses(run, layer, plan);
    }
    return destroyPlanned(run, target, { plan, ending: await endingObjects(terraform, plan) });
  });
  return { kind, counts: { ...counts, destroyed: before + counts.destroyed } };
}

/** With --yes, too: the state can have objects that the environment file no longer has. */
async function agreeToLosses(run: Run, layer: AnyLayer, plan: PlanReading): Promise<void> {
  const lost = losses(plan.changes);
  if (lost.length === 0) return;
  if (run.request.yes) assertLossAllowed(run, [layer]);
  else await agreeToLoss(run, layer, { plan, changes: lost });
}
