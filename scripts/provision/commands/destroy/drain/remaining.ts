import { z } from "zod";
import type { Application } from "../../../kubernetes/application";
import { ifMissing, isPassing } from "../../../kubernetes/steady";
import { type KubernetesApi, KubernetesError, type ObjectName } from "../../../world/index";

/** An object that an application deployed, and that is still there. */
export interface Remaining {
  readonly name: ObjectName;
  readonly finalizers: readonly string[];
  /** Whether its deletion has begun. */
  readonly isDeleting: boolean;
  /** Why nothing is known of it, where it cannot be read. */
  readonly unreadable?: string;
}

const object = z.object({
  metadata: z.object({
    finalizers: z.array(z.string()).default([]),
    deletionTimestamp: z.string().optional(),
  }),
});

/** What is left of an application that is being deleted. */
export async function remainingOf(
  api: KubernetesApi,
  { status }: Application,
): Promise<readonly Remaining[]> {
  const found: Remaining[] = [];
  for (const { group, version, kind, namespace, name } of status.resources) {
    if (kind === "" || name === "") continue;
    const apiVersion = group === "" ? version : `${group}/${version}`;
    const metadata = namespace === undefined ? { name } : { name, namespace };
    const one = await remaining(api, { apiVersion, kind, metadata });
    if (one !== undefined) found.push(one);
  }
  return found;
}

/** Undefined when it is gone, also with its kind; one that this role may not read hides no other. */
async function remaining(api: KubernetesApi, name: ObjectName): Promise<Remaining | undefined> {
  try {
    const answer = await ifMissing(api.read(name), undefined);
    if (answer === undefined) return undefined;
    const { finalizers, deletionTimestamp } = object.parse(answer).metadata;
    return { name, finalizers, isDeleting: deletionTimestamp !== undefined };
  } catch (error) {
    if (!(error instanceof KubernetesError) || isPassing(error) || error.status === 401) throw error;
    return { name, finalizers: [], isDeleting: false, unreadable: error.message };
  }
}

/** Who removes a finalizer, where that is not in its name. */
const removers: readonly (readonly [finalizer: RegExp, explanation: string])[] = [
  [/^kubernetes\.io\/pvc-protection$/, "a pod still uses it"],
  [/^kubernetes\.io\/pv-protection$/, "a claim is still bound to it"],
  [/^external-(provisioner|attacher)\./, "the storage driver removes the volume: is it running?"],
  [/(elbv2\.k8s\.aws|service\.k8s\.aws)\//, "the load balancer controller removes it: is it running?"],
  [/^foregroundDeletion$/, "what it owns still exists"],
  [/^batch\.kubernetes\.io\/job-tracking$/, "its Job still counts it"],
];

/** One of them in a line, e.g. `PersistentVolumeClaim orch-platform/data: kubernetes.io/pvc-protection (a pod still uses it)`. */
export function remainingLine(one: Remaining): string {
  const { kind, metadata } = one.name;
  const { finalizers, isDeleting, unreadable } = one;
  const { namespace, name } = metadata;
  const title = `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
  if (unreadable !== undefined) return `${title}: cannot be read, ${unreadable}`;
  if (!isDeleting) return `${title}: its deletion has not begun`;
  if (finalizers.length === 0) return `${title}: is being deleted, without finalizers`;
  const explained = finalizers.map((finalizer) => {
    const known = removers.find(([pattern]) => pattern.test(finalizer));
    return known === undefined ? finalizer : `${finalizer} (${known[1]})`;
  });
  return `${title}: ${explained.join(", ")}`;
}
