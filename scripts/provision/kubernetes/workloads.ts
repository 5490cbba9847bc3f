import { z } from "zod";
import type { KubernetesApi, ObjectKind } from "../world/index";

/** Kinds that have pods. */
export const workloadKinds: Readonly<Record<string, string>> = {
  Deployment: "apps/v1",
  StatefulSet: "apps/v1",
  DaemonSet: "apps/v1",
  Job: "batch/v1",
};

const workload = z.object({
  kind: z.string(),
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.object({
    replicas: z.number().default(1),
    selector: z.object({ matchLabels: z.record(z.string(), z.string()).default({}) }).prefault({}),
  }),
  status: z
    .object({
      readyReplicas: z.number().default(0),
      desiredNumberScheduled: z.number().optional(),
      numberReady: z.number().optional(),
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            reason: z.string().default(""),
            message: z.string().default(""),
          }),
        )
        .default([]),
    })
    .prefault({}),
});

/** An object that has pods. */
export type Workload = z.output<typeof workload>;

/** Reads an object of one of those kinds. */
export function workloadOf(object: unknown, kind: string): Workload {
  // Items of a list have no kind of their own.
  return workload.parse({ kind, ...(object as object) });
}

/** What keeps an object from being ready, as in `Deployment harbor-core: 0 of 1 pods ready`; undefined when nothing does. */
export function unreadiness({ kind, metadata, spec, status }: Workload): string | undefined {
  const title = `${kind} ${metadata.name}`;
  if (kind === "Job") {
    const failed = status.conditions.find((found) => found.type === "Failed" && found.status === "True");
    const complete = status.conditions.some(({ type, status: is }) => type === "Complete" && is === "True");
    if (failed !== undefined)
      return `${title}: ${[failed.reason, failed.message].filter(Boolean).join(": ")}`;
    return complete ? undefined : `${title}: not complete`;
  }
  const wanted = kind === "DaemonSet" ? (status.desiredNumberScheduled ?? 0) : spec.replicas;
  const ready = kind === "DaemonSet" ? (status.numberReady ?? 0) : status.readyReplicas;
  return ready >= wanted ? undefined : `${title}: ${ready} of ${wanted} pods ready`;
}

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
