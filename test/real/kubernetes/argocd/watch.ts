import { setTimeout as sleep } from "node:timers/promises";
import type { Api, KubernetesObject } from "../api";

/** An Application, as far as these tests read it: https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/ */
export interface Application extends KubernetesObject {
  readonly spec: { readonly project: string };
  readonly status?: {
    readonly sync?: { readonly status?: string };
    readonly health?: { readonly status?: string };
    readonly operationState?: {
      readonly phase?: string;
      readonly message?: string;
      readonly retryCount?: number;
    };
    readonly conditions?: readonly { readonly type: string; readonly message: string }[];
    readonly resources?: readonly {
      readonly kind: string;
      readonly name: string;
      readonly syncWave?: number;
    }[];
  };
}

/** When an Application was seen first, healthy first, and done first, in seconds since the watch began. */
export interface Seen {
  readonly appeared: number;
  /** The next wave waits for no more: hooks after a sync may still run. */
  healthy?: number;
  done?: number;
}

/** Paths of the Applications of a namespace. */
export const applicationsOf = (namespace: string) =>
  `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/applications`;

/** Notes when each Application of a namespace appears and is done, until all that are wanted are. */
export async function watchRollout(
  api: Api,
  namespace: string,
  { wanted, seconds }: { readonly wanted: readonly string[]; readonly seconds: number },
): Promise<ReadonlyMap<string, Seen>> {
  const begin = Date.now();
  const seen = new Map<string, Seen>();
  for (;;) {
    const applications = await api.list<Application>(applicationsOf(namespace));
    const now = (Date.now() - begin) / 1000;
    for (const application of applications) {
      const name = application.metadata.name;
      const known: Seen = seen.get(name) ?? { appeared: now };
      if (application.status?.health?.status === "Healthy") known.healthy ??= now;
      if (isDone(application)) known.done ??= now;
      seen.set(name, known);
    }
    const missing = wanted.filter((name) => seen.get(name)?.done === undefined);
    if (missing.length === 0) return seen;
    if (now > seconds) throw new Error(`Not done within ${seconds} s: ${describe(applications, missing)}`);
    await sleep(500);
  }
}

/** Names of the Applications of a namespace in the order in which they vanish, until none is left. */
export async function watchDrain(api: Api, namespace: string, seconds: number): Promise<readonly string[]> {
  const end = Date.now() + seconds * 1000;
  const gone: string[] = [];
  let before: readonly string[] = [];
  for (;;) {
    const found = await api.list<Application>(applicationsOf(namespace));
    const names = found.map(({ metadata }) => metadata.name);
    gone.push(...before.filter((name) => !names.includes(name)));
    if (names.length === 0) return gone;
    if (Date.now() > end) throw new Error(`Not gone within ${seconds} s: ${names.join(", ")}`);
    before = names;
    await sleep(200);
  }
}

function isDone({ status }: Application): boolean {
  const phase = status?.operationState?.phase ?? "Succeeded";
  return status?.sync?.status === "Synced" && status.health?.status === "Healthy" && phase === "Succeeded";
}

function describe(applications: readonly Application[], missing: readonly string[]): string {
  const states = missing.map((name) => {
    const found = applications.find(({ metadata }) => metadata.name === name);
    if (found === undefined) return `${name} does not exist`;
    const { sync, health, operationState, conditions = [] } = found.status ?? {};
    const errors = conditions.map(({ message }) => message);
    return [
      name,
      sync?.status,
      health?.status,
      operationState?.phase,
      operationState?.message,
      ...errors,
    ].join(" ");
  });
  return states.slice(0, 10).join("; ");
}
