import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { layerFolder } from "../../../../synthesis/folder";
import { surveyLeftovers } from "../../aws/survey";
import { destroyBootstrap } from "../../bootstrap/bootstrap";
import { terraformFiles } from "../../run/folders";
import type { Outcome } from "../../run/outcome";
import type { PlanReading } from "../../run/plan";
import { bootstrapLayer, type Run } from "../../run/run";
import { startOver } from "../../run/start-over";
import { agreeToLoss } from "../../runner/plan-consent";
import { walk } from "../../runner/walk";
import { TerraformFailure } from "../../terraform/failures";
import { terraformFor } from "../../terraform/for-layer";
import { applyPlan, withPlan } from "../../terraform/plan-file";
import { pullStateHead } from "../../terraform/state";
import { losses } from "../../terraform/stateful";
import type { Terraform } from "../../terraform/terraform";
import { withPrivateEndpoint } from "../../tunnel/private-endpoint";
import { agreeToDestroy, assertNoReaders, holdsObjects } from "./checks";
import { removeObstacles } from "./obstacles";
import { liftProtection } from "./protection";
import { retain } from "./retention";
import { assertBucketUnshared } from "./shared-bucket";
import type { DestroyRun } from "./index";

/** Asks for approval and destroys the selected layers. */
export async function handle(run: DestroyRun): Promise<number> {
  await destroyAll(run, () => agreeToDestroy(run));
  return exitCodes.done;
}

/** Destroys the selected layers in reverse order, the layer of the state bucket last; `agree` throws unless confirmed. */
export async function destroyAll(run: Run, agree: () => Promise<void>): Promise<void> {
  await synthesiseUnprotected(run);
  await assertNoReaders(run);
  await assertBucketUnshared(run);
  await agree();
  const creator = bootstrapLayer(run);
  const others = run.selected.filter((layer) => layer !== creator).toReversed();
  const order = creator && run.selected.includes(creator) ? [...others, creator] : others;
  const kept: string[] = [];
  try {
    await walk(run, order, (layer) =>
      layer === creator
        ? destroyBootstrap(run, layer, {
            lift: (terraform) => liftProtection(run, layer, terraform),
            destroy: (terraform) => destroy(run, layer, terraform),
          })
        : destroyLayer(run, layer, kept),
    );
  } finally {
    showKept(run, kept);
  }
  await surveyLeftovers(run);
}

/** Last, because nothing else remembers what is no longer in a state. */
function showKept({ events }: Run, kept: readonly string[]): void {
  const about = "What is still needed, and so was not destroyed";
  events.publish({ type: "account checked", title: "kept", about, findings: kept, unknown: [] });
}

/** Synthesises the layers without deletion protection, to a separate folder. */
async function synthesiseUnprotected(run: Run): Promise<void> {
  const { files, product } = run.world;
  const outdir = run.folders.unprotected;
  await product.synthesise(run.layers, run.loaded, {
    outdir: files.absolute(outdir),
    deletionProtection: false,
  });
  for (const { name } of run.selected) {
    const lock = files.read(`${layerFolder(run.folders.synthesised, name)}/${terraformFiles.lock}`);
    // Destroys with the same provider versions that created the resources.
    if (lock !== undefined) files.write(`${layerFolder(outdir, name)}/${terraformFiles.lock}`, lock);
  }
}

async function destroyLayer(run: Run, layer: AnyLayer, kept: string[]): Promise<Outcome> {
  const use = { verb: "destroy", outdir: run.folders.unprotected };
  if (!(await holdsObjects(terraformFor(run, layer, use)))) return { kind: "nothing to destroy" };
  return withPrivateEndpoint(run, layer, async (variables) => {
    const terraform = terraformFor(run, layer, { ...use, variables });
    await liftProtection(run, layer, terraform);
    kept.push(...(await retain(run, layer, terraform)));
    return destroyAround(run, layer, terraform);
  });
}

/** Deletes what is in the way, before and once more: AWS may create it again as long as instances run. */
async function destroyAround(run: Run, layer: AnyLayer, terraform: Terraform): Promise<Outcome> {
  await removeObstacles(run, layer, terraform);
  try {
    return await destroy(run, layer, terraform);
  } catch (error) {
    const inUse = error instanceof TerraformFailure && error.output.includes("DependencyViolation");
    if (!inUse || !(await removeObstacles(run, layer, terraform))) throw error;
    return destroy(run, layer, terraform);
  }
}

function destroy(run: Run, layer: AnyLayer, terraform: Terraform): Promise<Outcome> {
  const options = ["-destroy"];
  return withPlan<Outcome>(terraform, { files: run.world.files, options }, async (plan) => {
    run.events.publish({ type: "plan created", layer: layer.name, plan });
    const lost = losses(plan.changes).length;
    if (lost > 0 && !run.request.yes) await agreeToLoss(run, layer, lost);
    return destroyPlanned(run, terraform, plan);
  });
}

async function destroyPlanned(run: Run, terraform: Terraform, plan: PlanReading): Promise<Outcome> {
  // Also without changes: then the apply removes objects that no longer exist from the state.
  const counts = await applyPlan(terraform, plan);
  await assertNothingLeft(run, terraform);
  return { kind: "destroyed", counts };
}

async function assertNothingLeft(run: Run, terraform: Terraform): Promise<void> {
  const left = (await pullStateHead(terraform))?.objects ?? 0;
  if (left === 0) return;
  const again = startOver(run);
  throw new UserError(
    `Cannot finish destroying "${terraform.layer}": its state still contains ${left} objects`,
    again === undefined
      ? `To list them, run: terraform -chdir=${terraform.folder} state list`
      : `Run: ${again}`,
    exitCodes.failed,
  );
}
