import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { outputBreaches } from "../../../../lib/layer/output-breaches";
import { surveyAccount } from "../../aws/survey";
import { applyBootstrap } from "../../bootstrap/bootstrap";
import type { Outcome } from "../../run/outcome";
import { aroundCluster } from "../../kubernetes/found/around-cluster";
import type { Finding } from "../../kubernetes/found/finding";
import { bootstrapLayer, logOf, type Run } from "../../run/run";
import { assertNotCutOff } from "../../runner/assert-not-cut-off";
import { isAnythingListed, lookForLeftovers } from "../../runner/lost-objects/bootstrap-leftovers";
import { assertPreflight } from "../../runner/preflight";
import { type Resumable, Resumption } from "../../runner/resume/resumption";
import { walk } from "../../runner/walk";
import { terraformFor } from "../../terraform/for-layer";
import { untilKeysPropagate } from "../../terraform/key-propagation";
import { assertNothingLost } from "../../terraform/lost-creations";
import { assertNeedsApplied } from "../../terraform/needs";
import { assertAllStates } from "../../runner/stored-states/assert-all";
import { readOutputs } from "../../terraform/state";
import type { Terraform } from "../../terraform/terraform";
import { withPrivateEndpoint } from "../../tunnel/private-endpoint";
import { applyChanges } from "./attempts";
import { closingCard } from "./closing-card";
import { agreeToCure } from "./cure-consent";
import { databasesBefore } from "./databases-before";
import type { ApplyRun } from "./index";
import { assertDelegated } from "./delegated";
import { rollOut } from "./roll-out";
import { withSavedPlans } from "./saved";

export { rollOut };

/** Applies the selected layers, waits for the applications that Argo CD deploys from there, and prints a summary. */
export async function handle(asked: ApplyRun): Promise<number> {
  const { plan } = asked.request;
  const run = plan === undefined ? asked : await withSavedPlans(asked, plan);
  if (run.savedPlans?.size === 0) return exitCodes.done;
  await assertPreflight(run);
  await surveyAccount(run);
  await applyAll(run);
  await rollOut(run);
  run.screen.print(closingCard(run));
  return exitCodes.done;
}

/** What the bootstrap does not adopt by its name. */
const nameless = ["aws_kms_key"];

/** Applies every selected layer in order: plan, approval, apply, outputs. */
export async function applyAll(run: Resumable): Promise<void> {
  await assertAllStates(run);
  await walk(run, run.selected, {
    step: (layer) =>
      layer === bootstrapLayer(run)
        ? applyBootstrap(run, layer, {
            isSuspected: () => isAnythingListed(run, layer),
            look: (terraform, is) => lookForLeftovers(run, { layer, terraform }, is),
            change: async (terraform) => {
              await assertNothingLost(run, layer, { terraform, types: nameless });
              await assertNotCutOff(run, layer, "apply");
              return change(run, layer, terraform);
            },
          })
        : applyLayer(run, layer),
    preparation: (layer) => databasesBefore(run, layer),
    ...(run.request.command === "apply" ? { resumption: await Resumption.of(run) } : {}),
  });
}

async function applyLayer(run: Run, layer: AnyLayer): Promise<Outcome> {
  const terraform = terraformFor(run, layer, { verb: "apply" });
  await untilKeysPropagate(run, layer, {
    attempt: async () => {
      await terraform.initialise();
      await assertNeedsApplied(run, layer);
    },
  });
  await assertNothingLost(run, layer, { terraform });
  await assertNotCutOff(run, layer, "apply");
  await assertDelegated(run, layer);
  return withPrivateEndpoint(run, layer, (variables) => {
    const reaching = terraformFor(run, layer, { verb: "apply", variables });
    const agree = (findings: readonly Finding[], question: string) =>
      agreeToCure(run, layer, { findings, question });
    return aroundCluster(run, { layer, terraform: reaching, variables, agree }, () =>
      change(run, layer, reaching),
    );
  });
}

/** Plans, asks for approval, applies that plan, and checks the outputs; the layer's folder is initialised. */
async function change(run: Run, layer: AnyLayer, terraform: Terraform): Promise<Outcome> {
  const outcome = await applyChanges(run, layer, terraform);
  await checkOutputs(run, layer, terraform);
  return outcome;
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
