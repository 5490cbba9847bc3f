import { exitCodes } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { layerFolder } from "../../../../synthesis/folder";
import { readLayer } from "../../../../synthesis/read";
import { assertPreflight } from "../../aws/preflight";
import { surveyAccount } from "../../aws/survey";
import { planBootstrap } from "../../bootstrap/bootstrap";
import { aroundCluster } from "../../kubernetes/found/around-cluster";
import type { Outcome, Row } from "../../run/outcome";
import { countChanges } from "../../run/plan";
import { bootstrapLayer, type Run } from "../../run/run";
import { withKeepingPlan } from "../../runner/keeping-plan";
import { publishPlan } from "../../runner/publish-plan";
import { walk } from "../../runner/walk";
import { TerraformFailure } from "../../terraform/failures";
import { terraformFor } from "../../terraform/for-layer";
import { missingNeed } from "../../terraform/needs";
import type { Terraform } from "../../terraform/terraform";
import { withPrivateEndpoint } from "../../tunnel/private-endpoint";
import { assertAllSaved } from "../../terraform/unsaved-state";
import type { PlanRun } from "./index";
import { reporting } from "./document";

/** Plans; with --detailed-exitcode, the exit code says whether anything would change. */
export async function handle(run: PlanRun): Promise<number> {
  await assertPreflight(run);
  await surveyAccount(run);
  const rows = await reporting(run, () => planAll(run));
  const pending = rows.some(({ kind }) => kind !== "unchanged");
  return run.request.detailedExitcode && pending ? exitCodes.changesPending : exitCodes.done;
}

/** Plans every selected layer, except those whose needs are not applied yet. */
export function planAll(run: Run): Promise<readonly Row[]> {
  assertAllSaved(run);
  return walk(run, run.selected, (layer) =>
    layer === bootstrapLayer(run)
      ? planBootstrap(run, layer, (terraform) => show(run, layer, terraform))
      : planLayer(run, layer),
  );
}

async function planLayer(run: Run, layer: AnyLayer): Promise<Outcome> {
  const terraform = terraformFor(run, layer, { verb: "plan" });
  const creator = await initialised(run, terraform);
  if (creator !== undefined)
    return waiting(run, layer, { need: creator, reason: "which creates the bucket for its state" });
  const missing = await missingNeed(run, layer);
  if (missing === undefined)
    return withPrivateEndpoint(run, layer, (variables) => {
      const reaching = terraformFor(run, layer, { verb: "plan", variables });
      const around = { layer, terraform: reaching, variables };
      return aroundCluster(run, around, () => show(run, layer, reaching));
    });
  const { need, lacks } = missing;
  const reason = lacks === undefined ? "whose outputs it reads" : `whose next apply adds ${lacks}`;
  return waiting(run, layer, { need, reason });
}

function waiting(
  run: Run,
  layer: AnyLayer,
  { need, reason }: { readonly need: AnyLayer; readonly reason: string },
): Outcome {
  const { name } = need;
  const { resource = {} } = readLayer(run.world.files, layerFolder(run.folders.synthesised, layer.name));
  const resources = Object.values(resource).reduce((sum, named) => sum + Object.keys(named).length, 0);
  const declared = resources === 1 ? "1 resource is" : `${resources} resources are`;
  run.events.note(`Waiting for ${name}, ${reason}; ${declared} declared`, "warning");
  return { kind: "waiting", because: name };
}

/** Initialises; returns the layer that must create the state bucket first, if any. */
async function initialised(run: Run, terraform: Terraform): Promise<AnyLayer | undefined> {
  try {
    await terraform.initialise();
    return undefined;
  } catch (error) {
    const creator = bootstrapLayer(run);
    if (creator && error instanceof TerraformFailure && error.kind === "bucketMissing") return creator;
    throw error;
  }
}

function show(run: Run, layer: AnyLayer, terraform: Terraform): Promise<Outcome> {
  return withKeepingPlan<Outcome>(run, { layer, terraform }, (plan) => {
    publishPlan(run, layer, plan);
    const outcome: Outcome = plan.pending
      ? { kind: "to change", counts: countChanges(plan.changes) }
      : { kind: "unchanged" };
    return Promise.resolve(outcome);
  });
}
