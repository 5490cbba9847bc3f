import type { AnyLayer } from "../../../../lib/layer/layer";
import type { Outcome } from "../../run/outcome";
import type { FoundObject } from "../../runner/lost-objects/find-objects";
import { keptResources } from "../../runner/kept-resources";
import { terraformFor } from "../../terraform/for-layer";
import { withRetries } from "../../terraform/retries";
import type { Terraform } from "../../terraform/terraform";
import { removeAbandoned } from "./abandoned";
import { destroyAround } from "./destroy-state";
import type { DrainRun } from "./drain/drain-run";
import { drainedFirst } from "./drain/drained-first";
import { importLost } from "./lost-objects";
import { initialisedState } from "./readers";
import { importOutlasting, suspectOutlasting } from "./outlasting";
import type { Remaining } from "./remaining";
import type { Signs } from "./signs";
import { unprotecting } from "./unprotected";
import { explainingNeeds } from "./without-need";
import { assertNothingRecorded } from "./without-bucket";

/** What a run leaves, for its end. */
export interface Left {
  /** Receives a sentence for each object that something needs. */
  readonly kept: string[];
  readonly remaining: Remaining;
  readonly signs: Signs;
}

/** Destroys a layer, and what its cluster has left in the account. */
export async function destroyLayer(run: DrainRun, layer: AnyLayer, left: Left): Promise<Outcome> {
  const outcome = await destroyObjects(run, layer, { left, before: [], isAgain: false });
  await removeAbandoned(run, layer);
  return outcome;
}

/** Once for each object that can take the place of a resource in the state, of those that were not imported `before`. */
async function destroyObjects(
  run: DrainRun,
  layer: AnyLayer,
  {
    left,
    before,
    isAgain,
  }: { readonly left: Left; readonly before: readonly FoundObject[]; readonly isAgain: boolean },
): Promise<Outcome> {
  const use = { verb: "destroy", outdir: run.folders.unprotected };
  const initialised = terraformFor(run, layer, use);
  const state = await initialisedState(initialised);
  if (state === "no bucket") {
    await assertNothingRecorded(run, layer);
    return { kind: "nothing to destroy" };
  }
  const suspected = await suspectOutlasting(run, { layer, state }, left.signs);
  const place = { layer, terraform: initialised, state, before, isAgain };
  const { imported, isMore } = await importLost(run, place, left.signs);
  // Once what they need is imported.
  const named = suspected === undefined ? 0 : await importOutlasting(run, layer, suspected);
  if ((state?.objects ?? 0) + imported.length + named === 0) return { kind: "nothing to destroy" };
  const outcome = await explainingNeeds(run, layer, () => destroyDrained(run, { layer, initialised }, left));
  if (!isMore) return outcome;
  return both(
    outcome,
    await destroyObjects(run, layer, { left, before: [...before, ...imported], isAgain: true }),
  );
}

function both(first: Outcome, second: Outcome): Outcome {
  if (first.counts === undefined || second.counts === undefined) return first;
  const destroyed = first.counts.destroyed + second.counts.destroyed;
  return { ...first, counts: { ...first.counts, destroyed } };
}

function destroyDrained(
  run: DrainRun,
  { layer, initialised }: { readonly layer: AnyLayer; readonly initialised: Terraform },
  left: Left,
): Promise<Outcome> {
  const outdir = run.folders.unprotected;
  return drainedFirst(run, { layer, terraform: initialised }, async (variables) => {
    const terraform = terraformFor(run, layer, { verb: "destroy", outdir, variables });
    const needed = await keptResources(run, { layer, terraform });
    return unprotecting(run, { layer, terraform }, (unprotect) => {
      const target = { layer, terraform, needed, ...left, unprotect, agreed: {} };
      return withRetries(run, layer, { command: "apply", attempt: () => destroyAround(run, target) });
    });
  });
}
