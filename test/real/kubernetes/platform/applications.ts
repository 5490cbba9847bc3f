import { waves } from "./waves";

/** What an application consists of, beside a ServiceAccount. */
export type Trait =
  | "deployment"
  /** With a volume for its pod. */
  | "stateful-set"
  | "job"
  /** Definition of a kind, and an object of it. */
  | "kind"
  /** Jobs around a sync and after the deletion: https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/ */
  | "pre-sync"
  | "post-sync"
  | "post-delete"
  /** One of Helm, which Argo CD runs since 3.3 and leaves out before. */
  | "pre-delete"
  /** A webhook for objects in namespaces that have its label. */
  | "webhook";

/** An application of the platform, with a chart of ours in place of its own. */
export interface StandIn {
  readonly name: string;
  readonly wave: number;
  readonly namespace: string;
  readonly traits: readonly Trait[];
  /** Whether Argo CD deletes its objects with it. */
  readonly finalizer: boolean;
  /** Secrets without which its pods do not start, with the keys that they read. */
  readonly secrets: readonly { readonly name: string; readonly keys: readonly string[] }[];
}

const jobs = /^(copy-|secret-wait-|wait-|namespace-label|fleet-rs-secret|self-signed-cert)/;
const kinds = /-(crd|operator)$|^istio-base$|^cert-manager$/;
const stateful = ["vault", "harbor-oci", "orchestrator-observability"];
const hooked: Readonly<Record<string, readonly Trait[]>> = {
  kyverno: ["post-sync", "pre-delete"],
  "tenancy-manager": ["pre-sync"],
  "infra-core": ["pre-sync", "post-sync"],
  "capi-operator": ["post-delete"],
  "cert-manager": ["post-sync", "webhook"],
};

/** Those that the release leaves without it. */
const withoutFinalizer = ["edgenode-dashboards", "edgenode-observability", "reloader"];

/** Every application of the release, in the order of waves. */
export const applications: readonly StandIn[] = Object.entries(waves).flatMap(([wave, namespaces]) =>
  Object.entries(namespaces).flatMap(([namespace, names]) =>
    names.map((name) => ({
      name,
      wave: Number(wave),
      namespace,
      traits: traitsOf(name),
      finalizer: !withoutFinalizer.includes(name),
      secrets: [],
    })),
  ),
);

function traitsOf(name: string): readonly Trait[] {
  if (jobs.test(name)) return ["job"];
  const first: Trait = stateful.includes(name) ? "stateful-set" : "deployment";
  return [first, ...(kinds.test(name) ? (["kind"] as const) : []), ...(hooked[name] ?? [])];
}
