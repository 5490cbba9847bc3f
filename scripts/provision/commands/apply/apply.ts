import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { outputBreaches } from "../../../../lib/layer/outputs";
import { applyBootstrap } from "../../bootstrap/bootstrap";
import { assertNeedsApplied } from "../../terraform/needs";
import type { Counts, Outcome } from "../../run/outcome";
import { applyPlan, type PlanReading, withPlan } from "../../terraform/plan-file";
import { withPrivateEndpoint } from "../../tunnel/private-endpoint";
import { agreeToApply } from "../../runner/consent";
import { terraformFor } from "../../terraform/for-layer";
import { bootstrapLayer, logOf, type Run } from "../../run/run";
import { readOutputs } from "../../terraform/state";
import { planSummary } from "../../terraform/plan-summary";
import type { Terraform } from "../../terraform/terraform";
import { walk } from "../../runner/walk";

/** Applies every selected layer in order: plan, question, apply, outputs. */
export async function applyAll(run: Run): Promise<void> {
  await walk(run, run.selected, (layer, title) => {
    run.screen.heading(layer.name, layer.summary);
    return layer === bootstrapLayer(run)
      ? applyBootstrap(run, layer, (terraform) => change(run, { layer, terraform, title }))
      : applyLayer(run, layer, title);
  });
}

async function applyLayer(run: Run, layer: AnyLayer, title: string): Promise<Outcome> {
  const terraform = terraformFor(run, layer, { verb: "apply" });
  assertNothingUnsaved(run, layer, terraform);
  const working = run.screen.working(`${title} init`);
  try {
    await terraform.initialise();
    await assertNeedsApplied(run, layer);
  } finally {
    working.stop();
  }
  return withPrivateEndpoint(run, layer, (variables) =>
    change(run, { layer, terraform: terraformFor(run, layer, { verb: "apply", variables }), title }),
  );
}

/** One layer whose folder is initialised. */
interface Job {
  readonly layer: AnyLayer;
  readonly terraform: Terraform;
  readonly title: string;
}

/** Plans, shows, asks, applies that plan, and checks what the layer published. */
async function change(run: Run, job: Job): Promise<Outcome> {
  const { layer, terraform, title } = job;
  const planning = run.screen.working(`${title} plan`);
  const outcome = await withPlan<Outcome>(terraform, { files: run.world.files }, async (plan) => {
    planning.stop();
    planSummary(run.screen.ink, plan).forEach((line) => {
      run.screen.print(line);
    });
    if (!plan.pending) return { kind: "unchanged" };
    await agreeToApply(run, layer, plan);
    return { kind: "applied", counts: await applyShown(run, job, plan) };
  }).finally(() => {
    planning.stop();
  });
  await checkOutputs(run, layer, terraform);
  return outcome;
}

async function applyShown(run: Run, job: Job, plan: PlanReading): Promise<Counts> {
  const { terraform, title } = job;
  const working = run.screen.working(`${title} apply`);
  try {
    return await applyPlan(terraform, (done, current) => {
      working.update(`${done}/${plan.changes.length} · ${current}`);
    });
  } finally {
    working.stop();
  }
}

async function checkOutputs(run: Run, layer: AnyLayer, terraform: Terraform): Promise<void> {
  const outputs = await readOutputs(terraform);
  const breaches = outputBreaches(layer.outputs, outputs);
  if (breaches.length > 0) {
    throw new UserError(
      `Cannot accept the outputs of "${layer.name}": ${breaches.join("; ")}`,
      `Correct build() in modules/${layer.name}/layer.ts; Terraform's log is ${logOf(run, layer)}`,
    );
  }
  run.known.set(layer.name, outputs);
}

/** State that an earlier run could not store must not be forked. */
function assertNothingUnsaved(run: Run, layer: AnyLayer, terraform: Terraform): void {
  if (!terraform.has("errored.tfstate")) return;
  throw new UserError(
    `Cannot ${run.request.command} "${layer.name}": an earlier run could not store its state, which waits in ${terraform.folder}/errored.tfstate`,
    `Run: terraform -chdir=${terraform.folder} state push errored.tfstate; then remove that file`,
    exitCodes.recoveryNeeded,
  );
}
