import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { destroyBootstrap } from "../../bootstrap/bootstrap";
import { agreeToDestroy, assertNoReaders, holdsObjects } from "./checks";
import { liftProtection } from "./protection";
import type { Outcome } from "../../run/outcome";
import { layerFolder, terraformFiles } from "../../run/folders";
import { applyPlan, type PlanReading, withPlan } from "../../terraform/plan-file";
import { withPrivateEndpoint } from "../../tunnel/private-endpoint";
import { agreeToLoss } from "../../runner/consent";
import { terraformFor } from "../../terraform/for-layer";
import { bootstrapLayer, type Run } from "../../run/run";
import { pullStateHead } from "../../terraform/state";
import { assertBucketUnshared } from "./shared-bucket";
import { losses } from "../../terraform/stateful";
import { planSummary } from "../../terraform/plan-summary";
import { surveyLeftovers } from "../../aws/survey";
import type { Terraform } from "../../terraform/terraform";
import { walk } from "../../runner/walk";

/** Destroys the selected layers backwards, the one that holds everybody's state last. */
export async function destroyAll(run: Run): Promise<void> {
  synthesiseUnprotected(run);
  await assertNoReaders(run);
  await assertBucketUnshared(run);
  await agreeToDestroy(run);
  const maker = bootstrapLayer(run);
  const others = run.selected.filter((layer) => layer !== maker).toReversed();
  const order = maker && run.selected.includes(maker) ? [...others, maker] : others;
  await walk(run, order, (layer, title) => {
    run.screen.heading(layer.name, layer.summary);
    return layer === maker
      ? destroyBootstrap(run, layer, {
          lift: (terraform) => liftProtection(run, layer, terraform),
          destroy: (terraform) => destroy(run, { layer, terraform, title }),
        })
      : destroyLayer(run, layer, title);
  });
  await surveyLeftovers(run);
}

/** The same layers with every deletion protection off, in a folder of their own. */
function synthesiseUnprotected(run: Run): void {
  const { files, product } = run.world;
  const outdir = run.folders.unprotected;
  product.synthesise(run.layers, run.loaded, { outdir: files.absolute(outdir), deletionProtection: false });
  for (const { name } of run.selected) {
    const lock = files.read(`${layerFolder(run.folders.synthesised, name)}/${terraformFiles.lock}`);
    // The providers that made it destroy it.
    if (lock !== undefined) files.write(`${layerFolder(outdir, name)}/${terraformFiles.lock}`, lock);
  }
}

async function destroyLayer(run: Run, layer: AnyLayer, title: string): Promise<Outcome> {
  const use = { verb: "destroy", outdir: run.folders.unprotected };
  const working = run.screen.working(`${title} init`);
  const exists = await holdsObjects(terraformFor(run, layer, use)).finally(() => {
    working.stop();
  });
  if (!exists) return { kind: "nothing to destroy" };
  return withPrivateEndpoint(run, layer, async (variables) => {
    const terraform = terraformFor(run, layer, { ...use, variables });
    const lifting = run.screen.working(`${title} lift protection`);
    await liftProtection(run, layer, terraform).finally(() => {
      lifting.stop();
    });
    return destroy(run, { layer, terraform, title });
  });
}

interface Job {
  readonly layer: AnyLayer;
  readonly terraform: Terraform;
  readonly title: string;
}

function destroy(run: Run, job: Job): Promise<Outcome> {
  const planning = run.screen.working(`${job.title} plan`);
  const words = ["-destroy"];
  return withPlan<Outcome>(job.terraform, { files: run.world.files, words }, async (plan) => {
    planning.stop();
    planSummary(run.screen.ink, plan).forEach((line) => {
      run.screen.print(line);
    });
    const lost = losses(plan.changes).length;
    if (lost > 0 && !run.request.yes) await agreeToLoss(run, job.layer, lost);
    return destroyShown(run, job, plan);
  }).finally(() => {
    planning.stop();
  });
}

async function destroyShown(run: Run, { terraform, title, layer }: Job, plan: PlanReading): Promise<Outcome> {
  // Also when nothing is left to destroy: then it is the state that forgets what is gone already.
  const working = run.screen.working(`${title} destroy`);
  try {
    const counts = await applyPlan(terraform, (done, current) => {
      working.update(`${done}/${plan.changes.length} · ${current}`);
    });
    await assertNothingLeft(layer, terraform);
    return { kind: "destroyed", counts };
  } finally {
    working.stop();
  }
}

async function assertNothingLeft(layer: AnyLayer, terraform: Terraform): Promise<void> {
  const left = (await pullStateHead(terraform))?.objects ?? 0;
  if (left === 0) return;
  throw new UserError(
    `Cannot finish destroying "${layer.name}": its state still holds ${left} objects`,
    `Look at them, run: terraform -chdir=${terraform.folder} state list`,
    exitCodes.failed,
  );
}
