import type { Rollout } from "../../../../../lib/layer/rollout";
import { type Application, applicationName } from "../../../kubernetes/application";
import { ifMissing } from "../../../kubernetes/steady";
import { waveOf } from "../../../kubernetes/verdict";
import type { KubernetesApi } from "../../../world/index";

/** Argo CD deletes what an Application deployed, by waves, before the Application itself. */
const cascade = "resources-finalizer.argocd.argoproj.io";

/** What the steps work on. */
export interface Place {
  readonly api: KubernetesApi;
  readonly rollout: Rollout;
}

/** Whether its deletion has begun. */
export function isDeleting({ metadata }: Application): boolean {
  return metadata.deletionTimestamp !== undefined;
}

/**
 * Does whatever has to be done next, and may be done again: it is what it finds, not what it did before, that decides. So a
 * drain that was interrupted goes on where it was. The order is that of docs/decisions/0038-rollout-and-drain.md.
 */
export async function advance(place: Place, applications: readonly Application[]): Promise<void> {
  const { api, rollout } = place;
  const root = applications.find(({ metadata }) => metadata.name === rollout.rootApplication);
  await keepProjects(place);
  if (root !== undefined && !isDeleting(root) && root.spec.syncPolicy?.automated != null)
    await api.patch(nameOf(root), { spec: { syncPolicy: { automated: null } } });
  for (const application of applications) {
    await addCascade(api, application);
    await endSync(api, application);
  }
  const own = new Set(
    root?.status.resources.flatMap(({ kind, name }) => (kind === "Application" ? [name] : [])),
  );
  const others = applications.filter((found) => found !== root && !own.has(found.metadata.name));
  // What the root application does not delete: others' applications, which use the platform, or all when there is no root.
  const last = Math.max(...others.map(waveOf));
  const next = others.length > 0 ? others.filter((found) => waveOf(found) === last) : [root];
  for (const application of next)
    if (application !== undefined && !isDeleting(application))
      await ifMissing(api.delete(nameOf(application)), undefined);
}

/** Has Argo CD look at an Application again. */
export async function refresh(api: KubernetesApi, application: Application): Promise<void> {
  const annotations = { "argocd.argoproj.io/refresh": "normal" };
  await ifMissing(api.patch(nameOf(application), { metadata: { annotations } }), undefined);
}

/** Argo CD deletes nothing of a project that does not exist, and lets a project go while Applications elsewhere need it. */
async function keepProjects({ api, rollout }: Place): Promise<void> {
  for (const [name, spec] of Object.entries(rollout.projects)) {
    const metadata = { name, namespace: rollout.argocdNamespace };
    const project = { apiVersion: "argoproj.io/v1alpha1", kind: "AppProject", metadata };
    if ((await ifMissing(api.read(project), undefined)) === undefined) await api.create({ ...project, spec });
  }
}

/** Keeps the finalizers of hooks that run after the deletion; those of an object that is being deleted are fixed. */
async function addCascade(api: KubernetesApi, application: Application): Promise<void> {
  const { finalizers, resourceVersion } = application.metadata;
  if (isDeleting(application) || finalizers.some((name) => name.startsWith(cascade))) return;
  // With its version, a finalizer that Argo CD adds in between is not lost: the API refuses, and the next look tries again.
  const version = resourceVersion === undefined ? {} : { resourceVersion };
  const metadata = { finalizers: [...finalizers, cascade], ...version };
  await ifMissing(api.patch(nameOf(application), { metadata }), undefined);
}

/**
 * Ends a sync as `argocd app terminate-op` does: Argo CD begins no deletion while there is one, and a sync that waits for
 * an application that does not get healthy has no end.
 * https://github.com/argoproj/argo-cd/blob/v3.2.6/controller/appcontroller.go
 */
async function endSync(api: KubernetesApi, application: Application): Promise<void> {
  const { operation, status } = application;
  if (operation === undefined || status.operationState?.phase !== "Running") return;
  const ended = { status: { operationState: { phase: "Terminating" } } };
  await ifMissing(api.patch(nameOf(application), ended), undefined);
}

function nameOf({ metadata }: Application) {
  return applicationName(metadata.namespace, metadata.name);
}
