import type { FoundInCluster } from "../../run/outcome";
import type { KubernetesApi, KubernetesObject, ObjectName } from "../../world/index";

/** Something in the cluster that is not as the layer left it, or that keeps Terraform from creating what it declares. */
export interface Finding extends FoundInCluster {
  /** Unset: nobody else can be at it, and nothing is lost. */
  readonly doubt?: string;
  cure(api: KubernetesApi): Promise<void>;
}

/** `Secret orch-infra/smtp`. */
export function titleOf({ kind, metadata: { name, namespace } }: ObjectName): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

/** The object if it is one. */
export function objectAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, name) =>
      // Whatever is no object has no members.
      typeof found === "object" && found !== null ? (found as KubernetesObject)[name] : undefined,
    value,
  );
}
