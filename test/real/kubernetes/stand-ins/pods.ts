import type { V1Pod, V1Secret } from "@kubernetes/client-node";
import type { Api } from "../api";

/** Names of pods that do not become what they should. */
export interface Misbehaviour {
  /** They stay as they are created. */
  pending?: RegExp | undefined;
  /** They end with an error. */
  failing?: RegExp;
}

/** What a pod of a Job ends as, and every other becomes, as the kubelet reports it. */
type Fate = "Succeeded" | "Running" | "Failed";

/** Moves every new pod on, as kubelets do: one that reads a Secret waits for it. */
export async function movePods(api: Api, { pending, failing }: Misbehaviour): Promise<void> {
  const pods = await api.list<V1Pod>("/api/v1/pods?fieldSelector=status.phase%3DPending");
  const waiting = pods.filter(({ metadata }) => metadata?.deletionTimestamp === undefined);
  await Promise.all(
    waiting.map(async (pod) => {
      const name = pod.metadata?.name ?? "";
      if (pending?.test(name)) return;
      const path = `/api/v1/namespaces/${pod.metadata?.namespace ?? ""}/pods/${name}/status`;
      const missing = await missingSecret(api, pod);
      if (missing === undefined)
        await api.merge(path, { status: statusOf(pod, failing?.test(name) ? "Failed" : fateOf(pod)) });
      else if (pod.status?.containerStatuses === undefined)
        await api.merge(path, { status: { containerStatuses: statesOf(pod, { waiting: missing }) } });
    }),
  );
}

/** The first Secret, or key of one, that its containers read and that is not there, in the kubelet's words. */
async function missingSecret(api: Api, { metadata, spec }: V1Pod): Promise<object | undefined> {
  const variables = spec?.containers.flatMap(({ env = [] }) => env) ?? [];
  const references = variables
    .flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? [])
    .filter(({ optional }) => optional !== true);
  if (references.length === 0) return undefined;
  const secrets = await api.list<V1Secret>(`/api/v1/namespaces/${metadata?.namespace ?? ""}/secrets`);
  const reason = "CreateContainerConfigError";
  for (const { name, key } of references) {
    const secret = secrets.find((one) => one.metadata?.name === name);
    if (secret === undefined) return { reason, message: `secret "${name ?? ""}" not found` };
    if (secret.data?.[key] === undefined)
      return {
        reason,
        message: `couldn't find key ${key} in Secret ${metadata?.namespace ?? ""}/${name ?? ""}`,
      };
  }
  return undefined;
}

function fateOf({ metadata, spec }: V1Pod): Fate {
  const owner = metadata?.ownerReferences?.[0]?.kind;
  const ends = owner === "Job" || (owner === undefined && spec?.restartPolicy === "Never");
  return ends ? "Succeeded" : "Running";
}

function statusOf(pod: V1Pod, phase: Fate): unknown {
  const at = new Date().toISOString().replace(/\.\d+/, "");
  const running = phase === "Running";
  const podIP = addressOf(pod.metadata?.uid ?? "");
  const ended = { exitCode: phase === "Failed" ? 1 : 0, startedAt: at, finishedAt: at };
  const condition = (type: string, so: boolean) => ({
    type,
    status: so ? "True" : "False",
    lastTransitionTime: at,
  });
  return {
    phase,
    podIP,
    podIPs: [{ ip: podIP }],
    startTime: at,
    conditions: [
      condition("PodScheduled", true),
      condition("Initialized", true),
      condition("ContainersReady", running),
      condition("Ready", running),
    ],
    containerStatuses: statesOf(pod, running ? { running: { startedAt: at } } : { terminated: ended }),
  };
}

function statesOf({ spec }: V1Pod, state: object): unknown {
  const ready = "running" in state;
  return spec?.containers.map(({ name, image }) => ({
    ...{ name, image, imageID: "none", restartCount: 0 },
    ...{ ready, started: ready, state },
  }));
}

/** An address that hardly any other pod has. */
function addressOf(uid: string): string {
  const number = Number.parseInt(uid.slice(0, 4), 16);
  return `10.244.${number >> 8}.${(number & 0xff) % 254 || 1}`;
}
