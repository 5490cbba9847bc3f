import { z } from "zod";

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
