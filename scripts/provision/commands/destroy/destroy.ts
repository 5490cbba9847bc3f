import { exitCodes } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { surveyLeftovers } from "../../aws/survey";
import { destroyBootstrap } from "../../bootstrap/destroying";
import { bootstrapLayer, type Run } from "../../run/run";
import { assertAllStates } from "../../runner/stored-states/assert-all";
import { walk } from "../../runner/walk";
import { removeAbandoned } from "./abandoned";
import { agreeToDestroy, assertConfirmFits } from "./checks";
import { destroyLayer } from "./destroy-layer";
import { destroyState } from "./destroy-state";
import type { DrainRun } from "./drain/drain-run";
import type { DestroyRun } from "./index";
import { importLostBootstrap } from "./lost-bootstrap";
import { assertNoReaders } from "./readers";
import { Remaining } from "./remaining";
import { assertBucketUnshared } from "./shared-bucket";
import { Signs } from "./signs";
import { announceHooks } from "./steps";
import { synthesiseUnprotected } from "./synthesise";
import { surveyTagged } from "./tagged-leftovers";
import { unprotecting } from "./unprotected";

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
  for (const layer of run.layers.filter((one) => isGoneBefore(run, one))) await removeAbandoned(run, layer);
  const creator = bootstrapLayer(run);
  const others = run.selected.filter((layer) => layer !== creator).toReversed();
  const order = creator && run.selected.includes(creator) ? [...others, creator] : others;
  const kept: string[] = [];
  const remaining = new Remaining(run);
  const signs = new Signs(run, order);
  try {
    await walk(run, order, (layer) =>
      layer === creator
        ? destroyBootstrap(run, layer, {
            importLost: (lost) => importLostBootstrap(run, { layer, lost }, signs),
            destroy: (terraform) =>
              unprotecting(run, { layer, terraform }, (unprotect) =>
                destroyState(run, { layer, terraform, unprotect, remaining }),
              ),
          })
        : destroyLayer(run, layer, { kept, remaining, signs }),
    );
  } finally {
    remaining.show();
    showKept(run, kept);
  }
  // Not with its layer, of which a rehearsal shows one line.
  if (run.request.rehearse && order.some((layer) => layer.rollout !== undefined))
    run.events.note("Not rehearsed: the deletion of the applications, which needs a cluster", "quiet");
  await surveyLeftovers(run);
  await surveyTagged(run, signs);
}

/** Whether it has no objects any more, but may have left some in a layer of this run: otherwise that could not be destroyed. */
function isGoneBefore({ selected }: Run, layer: AnyLayer): boolean {
  return (
    !selected.includes(layer) &&
    Object.values(layer.needs).some(({ name }) => selected.some((one) => one.name === name))
  );
}

/** Last, because nothing else remembers what is no longer in a state. */
function showKept({ events }: Run, kept: readonly string[]): void {
  const about = "what is still needed, and so was not destroyed";
  events.publish({ type: "account checked", title: "Kept", about, findings: kept, unknown: [] });
}
