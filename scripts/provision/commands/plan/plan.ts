import { exitCodes } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { layerFolder } from "../../../../synthesis/folder";
import { readLayer } from "../../../../synthesis/read";
import { surveyAccount } from "../../aws/survey";
import { planBootstrap } from "../../bootstrap/bootstrap";
import { aroundCluster } from "../../kubernetes/found/around-cluster";
import type { Outcome, Row } from "../../run/outcome";
import { countChanges } from "../../run/plan";
import { bootstrapLayer, type Run } from "../../run/run";
import { assertNotCutOff } from "../../runner/assert-not-cut-off";
import { withKeepingPlan } from "../../runner/keeping-plan";
import { publishPlan } from "../../runner/publish-plan";
import { assertPreflight } from "../../runner/preflight";
import { tellTainted } from "../../runner/tainted/keep";
import { walk } from "../../runner/walk";
import { TerraformFailure } from "../../terraform/failures";
import { terraformFor } from "../../terraform/for-layer";
import { assertNothingLost } from "../../terraform/lost-creations";
import { missingNeed } from "../../terraform/needs";
import type { Terraform } from "../../terraform/terraform";
import { withPrivateEndpoint } from "../../tunnel/private-endpoint";
import { assertAllStates } from "../../runner/stored-states/assert-all";
import type { PlanRun } from "./index";
import { type Fresh, PlanSaver } from "./save";
import { reporting } from "./document";

/** Plans; with --detailed-exitcode, the exit code says whether anything would change. */
export async function handle(run: PlanRun): Promise<number> {
  await assertPreflight(run);
  await surveyAccount(run);
  const { save } = run.request;
  const saver = save === undefined ? undefined : new PlanSaver(run);
  const rows = await reporting(run, async () => {
    const planned = await planAll(run, saver);
    if (save !== undefined) saver?.write(save, planned);
    return planned;
  });
  const pending = rows.some(({ kind }) => kind !== "unchanged");
  return run.request.detailedExitcode && pending ? exitCodes.changesPending : exitCodes.done;
}

/** What is done with a plan while its file exists. */
type Show = (fresh: Fresh) => Promise<Outcome>;

/** Plans every selected layer, except those whose needs are not applied yet. */
export async function planAll(run: Run, saver?: PlanSaver): Promise<readonly Row[]> {
  const show: Show = async (of) => {
    const outcome = shown(run, of);
    await saver?.add(of);
    return outcome;
  };
  await assertAllStates(run);
  return walk(run, run.selected, (layer) =>
    layer === bootstrapLayer(run)
      ? planBootstrap(run, { layer, verb: "plan" }, async (terraform) => {
          await assertNotCutOff(run, layer, "plan");
          return planned(run, { layer, terraform }, show);
        })
      : planLayer(run, layer, show),
  );
}

async function planLayer(run: Run, layer: AnyLayer, show: Show): Promise<Outcome> {
  const terraform = terraformFor(run, layer, { verb: "plan" });
  const creator = await initialised(run, terraform);
  if (creator !== undefined)
    return waiting(run, layer, { need: creator, reason: "which creates the bucket for its state" });
  await assertNothingLost(run, layer, { terraform });
  await assertNotCutOff(run, layer, "plan");
  const missing = await missingNeed(run, layer);
  if (missing === undefined)
    return withPrivateEndpoint(run, layer, (variables) => {
      const reaching = terraformFor(run, layer, { verb: "plan", variables });
      const around = { layer, terraform: reaching, variables };
      return aroundCluster(run, around, () => planned(run, { layer, terraform: reaching }, show));
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

function planned(run: Run, of: Omit<Fresh, "plan">, show: Show): Promise<Outcome> {
  return withKeepingPlan(run, of, async (plan) => {
    const outcome = await show({ ...of, plan });
    await tellTainted(run, of, plan);
    return outcome;
  });
}

function shown(run: Run, { layer, plan }: Fresh): Outcome {
  publishPlan(run, layer, plan);
  return plan.pending ? { kind: "to change", counts: countChanges(plan.changes) } : { kind: "unchanged" };
}
