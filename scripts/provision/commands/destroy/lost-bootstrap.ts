import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import type { LostBootstrap } from "../../bootstrap/destroying";
import { commandLine } from "../../command-line/request";
import { lackingTypes } from "../../runner/lost-objects/bootstrap-leftovers";
import type { Decision } from "../../runner/lost-objects/sort-out";
import type { DrainRun } from "./drain/drain-run";
import { importFound } from "./lost-objects";
import type { Signs } from "./signs";

/**
 * Imports what exists of the layer of the state bucket and is in no state, with consent of its own; returns whether more may be left once
 * that is destroyed. A bucket that no state has is a sign by itself, and so is a bootstrap that was begun here and did not end.
 */
export async function importLostBootstrap(
  run: DrainRun,
  { layer, lost }: { readonly layer: AnyLayer; readonly lost: LostBootstrap },
  signs: Signs,
): Promise<boolean> {
  const { state, isStateless, isAdopted, asApplied } = lost;
  const isTold = await signs.tell(layer, state);
  const isUnfinished = isAdopted && lackingTypes(run, layer, state).length > 0;
  const adopted = isAdopted ? run.loaded.environment.state.bucket : undefined;
  if (isTold || isStateless || isUnfinished)
    await asApplied((terraform) => {
      const assertOwn = (found: readonly Decision[]) => {
        if (isStateless) assertOwnBucket(run, layer, found);
      };
      return importFound(run, { layer, terraform, state, before: [], adopted, assertOwn }, signs);
    });
  return isTold;
}

/** Throws if nothing says that this environment created the bucket. */
function assertOwnBucket(
  { loaded, request, file }: DrainRun,
  { name }: AnyLayer,
  found: readonly Decision[],
): void {
  const { bucket } = loaded.environment.state;
  const foreign = found.find(({ object, because }) => object.id === bucket && because === "foreign");
  if (foreign === undefined) return;
  throw new UserError(
    `Cannot destroy "${name}": the bucket "${bucket}" exists, no state has it, and ${foreign.reason ?? ""}`,
    `If it is managed outside this environment, set state.existing: true in ${file}; otherwise, to destroy it, run: ${commandLine(request, { adoptStateBucket: true })}`,
    exitCodes.recoveryNeeded,
  );
}
