import type { AnyLayer } from "../../../../lib/layer/layer";
import { planBootstrap } from "../../bootstrap/bootstrap";
import { TerraformFailure } from "../../terraform/failures";
import { missingNeed } from "../../terraform/needs";
import type { Outcome, Row } from "../../run/outcome";
import { countChanges, withPlan } from "../../terraform/plan-file";
import { terraformFor } from "../../terraform/for-layer";
import { withPrivateEndpoint } from "../../tunnel/private-endpoint";
import { bootstrapLayer, type Run } from "../../run/run";
import { planSummary } from "../../terraform/plan-summary";
import type { Terraform } from "../../terraform/terraform";
import { walk } from "../../runner/walk";

/** Plans every selected layer; one whose needs are not applied yet waits for them. */
export function planAll(run: Run): Promise<readonly Row[]> {
  return walk(run, run.selected, (layer, title) => {
    run.screen.heading(layer.name, layer.summary);
    return layer === bootstrapLayer(run)
      ? planBootstrap(run, layer, (terraform) => show(run, terraform, title))
      : planLayer(run, layer, title);
  });
}

async function planLayer(run: Run, layer: AnyLayer, title: string): Promise<Outcome> {
  const terraform = terraformFor(run, layer, { verb: "plan" });
  const working = run.screen.working(`${title} init`);
  const need = await initialised(run, terraform)
    .then(async (maker) => maker ?? (await missingNeed(run, layer)))
    .finally(() => {
      working.stop();
    });
  if (need === undefined)
    return withPrivateEndpoint(run, layer, (variables) =>
      show(run, terraformFor(run, layer, { verb: "plan", variables }), title),
    );
  run.screen.print(run.screen.ink.yellow(`  waiting for ${need.name}, whose outputs it reads`));
  return { kind: "waiting", because: need.name };
}

/** Initialises; returns the layer that has to make the state bucket first. */
async function initialised(run: Run, terraform: Terraform): Promise<AnyLayer | undefined> {
  try {
    await terraform.initialise();
    return undefined;
  } catch (error) {
    const maker = bootstrapLayer(run);
    if (maker && error instanceof TerraformFailure && error.kind === "bucketMissing") return maker;
    throw error;
  }
}

async function show(run: Run, terraform: Terraform, title: string): Promise<Outcome> {
  const working = run.screen.working(`${title} plan`);
  try {
    return await withPlan<Outcome>(terraform, { files: run.world.files }, (plan) => {
      working.stop();
      planSummary(run.screen.ink, plan).forEach((line) => {
        run.screen.print(line);
      });
      const outcome: Outcome = plan.pending
        ? { kind: "to change", counts: countChanges(plan.changes) }
        : { kind: "unchanged" };
      return Promise.resolve(outcome);
    });
  } finally {
    working.stop();
  }
}
