import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { outputBreaches } from "../../../../lib/layer/output-breaches";
import { assertPreflight } from "../../aws/preflight";
import { surveyAccount } from "../../aws/survey";
import { applyBootstrap } from "../../bootstrap/bootstrap";
import { jsonOrUndefined } from "../../run/json";
import type { Outcome } from "../../run/outcome";
import { aroundCluster } from "../../kubernetes/found/around-cluster";
import type { Finding } from "../../kubernetes/found/finding";
import { bootstrapLayer, logOf, type Run } from "../../run/run";
import { startOver } from "../../run/start-over";
import { walk } from "../../runner/walk";
import { terraformFor } from "../../terraform/for-layer";
import { untilKeysPropagate } from "../../terraform/key-propagation";
import { assertNeedsApplied } from "../../terraform/needs";
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

export { rollOut };

/** Applies the selected layers, waits for the applications that Argo CD deploys from there, and prints a summary. */
export async function handle(run: ApplyRun): Promise<number> {
  await assertPreflight(run);
  await surveyAccount(run);
  await applyAll(run);
  await rollOut(run);
  run.screen.print(closingCard(run));
  return exitCodes.done;
}

/** Applies every selected layer in order: plan, approval, apply, outputs. */
export async function applyAll(run: Run): Promise<void> {
  await walk(run, run.selected, {
    step: (layer) =>
      layer === bootstrapLayer(run)
        ? applyBootstrap(run, layer, (terraform) => change(run, layer, terraform))
        : applyLayer(run, layer),
    preparation: (layer) => databasesBefore(run, layer),
  });
}

async function applyLayer(run: Run, layer: AnyLayer): Promise<Outcome> {
  const terraform = terraformFor(run, layer, { verb: "apply" });
  assertNothingUnsaved(run, layer, terraform);
  await untilKeysPropagate(run, layer, {
    attempt: async () => {
      await terraform.initialise();
      await assertNeedsApplied(run, layer);
    },
  });
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

/** Fails if an earlier run left a state that was not saved, which a new run would fork. */
function assertNothingUnsaved(run: Run, layer: AnyLayer, terraform: Terraform): void {
  const file = `${terraform.folder}/errored.tfstate`;
  const text = run.world.files.read(file);
  if (text === undefined) return;
  // On a full disk, Terraform leaves a file without a state, or with a part of it; see `keepState`.
  const whole = jsonOrUndefined(text) !== undefined;
  const push = `terraform -chdir=${terraform.folder} state push`;
  const hint = whole
    ? `${push} errored.tfstate; then delete that file`
    : `${push} <the file that the earlier run named>; then delete ${file}`;
  throw new UserError(
    `Cannot ${run.request.command} "${layer.name}": an earlier run could not save its state, which is ${whole ? "in" : "not whole in"} ${file}`,
    `Run: ${startOver(run) ?? hint}`,
    exitCodes.recoveryNeeded,
  );
}
