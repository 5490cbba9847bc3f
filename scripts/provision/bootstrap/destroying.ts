import type { AnyLayer } from "../../../lib/layer/layer";
import type { Outcome } from "../run/outcome";
import type { Run } from "../run/run";
import { startOver } from "../run/start-over";
import { terraformFor } from "../terraform/for-layer";
import { pullStateHead, type StateHead } from "../terraform/state";
import type { Terraform } from "../terraform/terraform";
import { localState, withLocalState } from "./in-local-state";
import { authority, inspect } from "./local-state";

/** A destroy of it. */
interface Destroy {
  /** Imports what exists of it and is in no state, if the operator agrees; returns whether more may be left once that is destroyed. */
  readonly importLost: (lost: LostBootstrap) => Promise<boolean>;
  readonly destroy: (terraform: Terraform) => Promise<Outcome>;
}

/** How one destroy came out, and whether another one may find more. */
interface Pass {
  readonly outcome: Outcome;
  readonly isMore: boolean;
}

/** What is known of it before it is destroyed. */
export interface LostBootstrap {
  readonly state: StateHead | undefined;
  /** Whether its bucket exists, but in no state. */
  readonly isStateless: boolean;
  /** Whether the bucket is this environment's: its creation was begun here, or the operator says so. */
  readonly isAdopted: boolean;
  /** Runs `use` with the local state, and as it was applied, with its protection. */
  readonly asApplied: <Result>(use: (terraform: Terraform) => Promise<Result>) => Promise<Result>;
}

/** Destroys it with local state: the state is copied from the bucket before the bucket is destroyed. */
export async function destroyBootstrap(run: Run, layer: AnyLayer, steps: Destroy): Promise<Outcome> {
  const terraform = terraformFor(run, layer, { verb: "destroy", outdir: run.folders.unprotected });
  const local = localState(run, layer, terraform);
  const situation = await inspect(terraform, local);
  const source = authority(situation, startOver(run));
  if (source === "remote") local.write(await terraform.document(["state", "pull"]));
  const pass = await withLocalState(terraform, local, async (): Promise<Pass> => {
    const known = await pullStateHead(terraform);
    const isKnown = (known?.ids("aws_s3_bucket").length ?? 0) > 0;
    // A state within the bucket may lack the bucket.
    const isStateless = (source === "nowhere" || source === "remote") && !isKnown;
    const isAdopted = situation.started || (isStateless && run.request.adoptStateBucket);
    const asApplied: LostBootstrap["asApplied"] = (use) => {
      const applied = terraformFor(run, layer, { verb: "destroy" });
      return withLocalState(applied, localState(run, layer, applied), () => use(applied));
    };
    const isMore = await steps.importLost({ state: known, isStateless, isAdopted, asApplied });
    const state = await pullStateHead(terraform);
    const isEmpty = state === undefined || state.objects === 0;
    return { isMore, outcome: isEmpty ? { kind: "nothing to destroy" } : await steps.destroy(terraform) };
  });
  local.remove();
  const { counts } = pass.outcome;
  if (!pass.isMore || counts === undefined) return pass.outcome;
  const next = await destroyBootstrap(run, layer, steps);
  const destroyed = counts.destroyed + (next.counts?.destroyed ?? 0);
  return { ...pass.outcome, counts: { ...counts, destroyed } };
}
