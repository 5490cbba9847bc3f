import type { KubernetesApi, ObjectKind } from "../world/index";
import { unreadiness, type Workload, workloadOf } from "./workloads";

const parts: readonly ObjectKind[] = [
  { apiVersion: "apps/v1", kind: "Deployment" },
  { apiVersion: "apps/v1", kind: "StatefulSet" },
];
/** Without them, nothing is compared, synced or deleted. */
const needed = ["application-controller", "repo-server"];

/** What of Argo CD is not ready; empty when all is. */
export async function unreadyArgocd(
  api: KubernetesApi,
  namespace: string,
): Promise<readonly (Workload & { readonly reason: string })[]> {
  const labels = "app.kubernetes.io/part-of=argocd";
  const found = await Promise.all(
    parts.map(async (part) =>
      (await api.list(part, { namespace, labels })).map((object) => workloadOf(object, part.kind)),
    ),
  );
  const workloads = found.flat();
  const componentOf = ({ metadata }: Workload) => metadata.labels["app.kubernetes.io/component"] ?? "";
  const missing = needed.filter(
    (name) => !workloads.some((one) => componentOf(one) === name && one.spec.replicas > 0),
  );
  const absent = missing.map((name) => ({
    ...workloadOf({ metadata: { name, namespace }, spec: { replicas: 0 } }, "argocd"),
    reason: `argocd-${name} has no pods`,
  }));
  const unready = workloads.flatMap((one) => {
    const reason = unreadiness(one);
    return reason === undefined ? [] : [{ ...one, reason }];
  });
  return [...absent, ...unready];
}
