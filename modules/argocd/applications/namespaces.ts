import type { Problem } from "../../../lib/layer/layer";
import type { Applications } from "./settings";

/**
 * Namespaces of Kubernetes, of this layer and of the platform's applications, also of those that no environment of ours
 * has: https://github.com/open-edge-platform/edge-manageability-framework/tree/v2026.0.0/argocd/applications/templates
 */
const reserved =
  /^(?:default|argocd|gitea|cert-manager|kyverno|ns-label|metallb-system|postgresql-operator|(?:kube|orch|capi|cattle|fleet|cluster-fleet|istio|amazon)-.+)$/;

/** Reports the namespace of others: whatever is there could be replaced, and Secrets be read. */
export function namespaceProblems({ namespace }: Applications[number], environment: string) {
  if (!reserved.test(namespace) && namespace !== environment) return [];
  const problem: Pick<Problem, "message" | "hint"> = {
    message: `"${namespace}" is a namespace of Kubernetes, of Argo CD or of the platform, in which other applications have no place`,
    hint: "Choose another one, e.g. the application's name",
  };
  return [{ at: "namespace" as const, ...problem }];
}
