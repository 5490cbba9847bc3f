import { z } from "zod";
import type { KubernetesApi } from "../world/index";
import type { Application } from "./application";
import { ifMissing } from "./steady";
import { unreadiness, type Workload, workloadKinds, workloadOf } from "./workloads";

/** More lines hide the cause instead of showing it. */
const mostLines = 6;
const mostWorkloads = 3;

const containerStatus = z.object({
  name: z.string(),
  ready: z.boolean().default(false),
  state: z
    .object({
      waiting: z.object({ reason: z.string().default(""), message: z.string().default("") }).optional(),
      terminated: z.object({ exitCode: z.number(), reason: z.string().default("") }).optional(),
    })
    .default({}),
});
const pod = z.object({
  metadata: z.object({ name: z.string() }),
  status: z
    .object({
      conditions: z
        .array(z.object({ type: z.string(), status: z.string(), message: z.string().default("") }))
        .default([]),
      containerStatuses: z.array(containerStatus).default([]),
      initContainerStatuses: z.array(containerStatus).default([]),
    })
    .prefault({}),
});
const event = z.object({
  involvedObject: z.object({ name: z.string().default("") }).prefault({}),
  reason: z.string().default(""),
  message: z.string().default(""),
  lastTimestamp: z.string().nullish(),
});

/**
 * Why an Application is not healthy, which its own status does not say: what it deploys that is not ready, the reasons of
 * their pods, and the events that warn of them.
 */
export async function causesOf(api: KubernetesApi, { status }: Application): Promise<readonly string[]> {
  const synced = status.operationState?.syncResult?.resources ?? [];
  const bad = synced.filter(
    ({ status: outcome, hookPhase, hookType }) =>
      outcome === "SyncFailed" ||
      /^(Failed|Error)$/.test(hookPhase) ||
      // What is no hook has a phase as well: Running, while its wave is.
      (hookPhase === "Running" && hookType !== ""),
  );
  const said = bad.flatMap(({ kind, name, message }) =>
    message === "" ? [] : [`${[kind, name].filter(Boolean).join(" ")}: ${message}`],
  );
  const all = [...bad, ...status.resources].filter(({ kind, name }) => kind in workloadKinds && name !== "");
  const unready: Workload[] = [];
  for (const { kind, name, namespace = "" } of all) {
    if (unready.length === mostWorkloads) break;
    const apiVersion = workloadKinds[kind] ?? "";
    const found = await ifMissing(api.read({ apiVersion, kind, metadata: { name, namespace } }), undefined);
    const workload = found === undefined ? undefined : workloadOf(found, kind);
    if (workload !== undefined && unreadiness(workload) !== undefined) unready.push(workload);
  }
  const lines = await Promise.all(unready.map((workload) => workloadCauses(api, workload)));
  return [...new Set([...said, ...lines.flat()])].slice(0, mostLines);
}

/** Why an object has no ready pods. */
export async function workloadCauses(api: KubernetesApi, workload: Workload): Promise<readonly string[]> {
  const { namespace, name } = workload.metadata;
  const labels = Object.entries(workload.spec.selector.matchLabels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
  const pods = labels === "" ? [] : await api.list({ apiVersion: "v1", kind: "Pod" }, { namespace, labels });
  const warnings = await api.list({ apiVersion: "v1", kind: "Event" }, { namespace, fields: "type=Warning" });
  return [
    unreadiness(workload) ?? "",
    ...pods.flatMap((found) => podCauses(pod.parse(found))).slice(0, 2),
    ...eventCauses(
      warnings.map((found) => event.parse(found)),
      name,
    ),
  ].filter((line) => line !== "");
}

function podCauses({ metadata, status }: z.output<typeof pod>): readonly string[] {
  const unscheduled = status.conditions.find(
    (found) => found.type === "PodScheduled" && found.status === "False",
  );
  if (unscheduled !== undefined) return [`pod ${metadata.name} is not scheduled: ${unscheduled.message}`];
  const containers = [...status.initContainerStatuses, ...status.containerStatuses];
  return containers.flatMap(({ name, state: { waiting, terminated } }) => {
    if (terminated !== undefined && terminated.exitCode !== 0)
      return [
        `pod ${metadata.name}, container ${name}: ended with ${terminated.exitCode} ${terminated.reason}`.trim(),
      ];
    // Every pod waits for these for a moment.
    if (waiting === undefined || /^(ContainerCreating|PodInitializing|)$/.test(waiting.reason)) return [];
    const { reason, message } = waiting;
    return [`pod ${metadata.name}, container ${name}: ${[reason, message].filter(Boolean).join(": ")}`];
  });
}

/** The newest of each reason; those of its pods have its name before theirs. */
function eventCauses(events: readonly z.output<typeof event>[], name: string): readonly string[] {
  const own = events
    .filter(
      ({ involvedObject }) => involvedObject.name === name || involvedObject.name.startsWith(`${name}-`),
    )
    .toSorted((one, other) => ((one.lastTimestamp ?? "") < (other.lastTimestamp ?? "") ? 1 : -1));
  const newest = new Map(own.toReversed().map((found) => [found.reason, found.message]));
  return [...newest].slice(-2).map(([reason, message]) => `event ${reason}: ${message.split("\n")[0] ?? ""}`);
}
