import type { Application } from "./application";

/** How far an Application is. */
export interface Verdict {
  readonly state: "done" | "waiting" | "retrying" | "failing";
  /** What the Application says of it; empty when it says nothing. */
  readonly reason: string;
  /**
   * What is failing: Argo CD clears an error or a failed operation soon, or not at all; pods may recover; it looks at what is wrong with
   * an Application itself, e.g. at a project that it has not seen yet, only when it compares again.
   */
  readonly failing?: "condition" | "spec" | "operation" | "health";
}

/** The condition of an Application that Argo CD does not take as it is, e.g. because its project does not exist or does not allow it. */
export const specError = "InvalidSpecError";

/**
 * Judges one Application by what was measured of Argo CD 3.2.6 and 3.4.4 (docs/decisions/0038-rollout-and-drain.md): health and the
 * success of an operation each mislead on their own, and a degraded Application has no message.
 */
export function judge({ metadata, operation, status }: Application): Verdict {
  const { conditions, health, sync, operationState } = status;
  const { phase = "", message = "", retryCount = 0 } = operationState ?? {};
  const error = conditions.find(({ type }) => type.endsWith("Error"));
  if (error !== undefined) {
    const failing = error.type === specError ? "spec" : "condition";
    return { state: "failing", failing, reason: `${error.type}: ${error.message}` };
  }
  const isIdle = operation === undefined;
  if (isIdle && (phase === "Failed" || phase === "Error"))
    return { state: "failing", failing: "operation", reason: message || `the operation is ${phase}` };
  if (health.status === "Degraded")
    return { state: "failing", failing: "health", reason: health.message || "Degraded" };
  if (phase === "Running" && retryCount > 0)
    return { state: "retrying", reason: `attempt ${retryCount + 1}: ${message}` };
  // Its status stays as it was until its finalizers are gone.
  if (metadata.deletionTimestamp !== undefined) return { state: "waiting", reason: "it is being deleted" };
  const isHealthy = health.status === "Healthy" || health.status === "Suspended";
  const isOver = isIdle && (phase === "Succeeded" || phase === "");
  if (sync.status === "Synced" && isHealthy && isOver) return { state: "done", reason: "" };
  return { state: "waiting", reason: phase === "Running" ? message : "" };
}

/** The wave that an Application's own annotation puts it in, as Argo CD reads it. */
export function waveOf({ metadata }: Application): number {
  return Number.parseInt(metadata.annotations["argocd.argoproj.io/sync-wave"] ?? "0", 10) || 0;
}
