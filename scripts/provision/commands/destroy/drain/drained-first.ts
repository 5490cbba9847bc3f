import { exitCodes, UserError } from "../../../../../lib/errors";
import type { AnyLayer } from "../../../../../lib/layer/layer";
import { commandLine } from "../../../command-line/request";
import { clusterApi } from "../../../kubernetes/cluster";
import type { Outcome } from "../../../run/outcome";
import { retryLine } from "../../../run/run";
import { askConsent } from "../../../runner/consent";
import type { Terraform } from "../../../terraform/terraform";
import { withPrivateEndpoint } from "../../../tunnel/private-endpoint";
import { KubernetesError } from "../../../world/index";
import { drain } from "./drain";
import type { DrainRun } from "./drain-run";

type Variables = Readonly<Record<string, string>>;

/** A layer whose folder is initialised. */
interface Target {
  readonly layer: AnyLayer;
  readonly terraform: Terraform;
}

/** Destroys a layer by `act`, with its cluster within reach; has Argo CD delete the applications that it deployed from there first. */
export function drainedFirst(
  run: DrainRun,
  target: Target,
  act: (variables: Variables) => Promise<Outcome>,
): Promise<Outcome> {
  const { layer } = target;
  if (layer.rollout === undefined || run.request.rehearse) return withPrivateEndpoint(run, layer, act);
  return run.request.skipDrain === true ? undrained(run, target, act) : drained(run, target, act);
}

async function drained(
  run: DrainRun,
  { layer }: Target,
  act: (variables: Variables) => Promise<Outcome>,
): Promise<Outcome> {
  const way = { isReached: false };
  try {
    return await withPrivateEndpoint(run, layer, async (variables) => {
      way.isReached = true;
      await drain(run, layer, await clusterApi(run, layer, variables));
      return act(variables);
    });
  } catch (error) {
    if (way.isReached || !(error instanceof UserError) || run.interrupts.draining) throw error;
    const skipping = commandLine(run.request, { skipDrain: true });
    throw new UserError(
      error.message,
      `${error.hint}; if the cluster is lost, run: ${skipping}`,
      error.exitCode,
    );
  }
}

/** What nobody deletes when Argo CD does not. */
const leftBehind =
  "what the applications created outside the cluster: volumes (EBS), load balancers of Services, DNS records of certificate challenges";

async function undrained(
  run: DrainRun,
  target: Target,
  act: (variables: Variables) => Promise<Outcome>,
): Promise<Outcome> {
  run.events.note(`Not drained. Left behind is ${leftBehind}`, "warning");
  const way = { isReached: false };
  try {
    return await withPrivateEndpoint(run, target.layer, async (variables) => {
      await assertAnswers(run, target.layer, variables);
      way.isReached = true;
      return act(variables);
    });
  } catch (error) {
    const isLost = error instanceof UserError || error instanceof KubernetesError;
    if (way.isReached || !isLost || run.interrupts.draining) throw error;
    run.events.note(`The cluster does not answer: ${error.message}`, "warning");
  }
  await forgetObjects(run, target);
  return act({});
}

/** Any answer is one, also a refusal. */
async function assertAnswers(run: DrainRun, layer: AnyLayer, variables: Variables): Promise<void> {
  const api = await clusterApi(run, layer, variables);
  try {
    await api.list({ apiVersion: "v1", kind: "Namespace" });
  } catch (error) {
    if (!(error instanceof KubernetesError) || error.status === undefined) throw error;
  }
}

/** Takes what is in the cluster out of the state: it goes with the cluster, and Terraform could not delete it. */
async function forgetObjects(run: DrainRun, { layer, terraform }: Target): Promise<void> {
  const { stdout } = await terraform.run(["state", "list"]);
  const addresses = stdout.split("\n").filter((address) => /^(kubernetes_|helm_)/.test(address));
  if (addresses.length === 0) return;
  const creator = run.layers.find((one) => one.cluster !== undefined);
  if (creator !== undefined && !run.selected.includes(creator))
    throw new UserError(
      `Cannot destroy "${layer.name}": its cluster does not answer, and is not destroyed by this command`,
      `To destroy both, run: ${commandLine(run.request, { only: [], from: creator.name })}`,
      exitCodes.preflightFailed,
    );
  if (!run.request.yes)
    await askConsent(run, {
      verb: "destroy",
      subject: layer.name,
      question: `Take its ${addresses.length} objects in the cluster out of the state? They are lost with the cluster.`,
      danger: true,
      next: retryLine(run, layer),
    });
  await terraform.run(["state", "rm", ...addresses]);
  run.events.note(`Took ${addresses.length} objects in the cluster out of the state, which go with it`);
}
