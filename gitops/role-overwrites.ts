import type { YamlObject } from "./yaml";

/** ARNs of roles of which the platform's charts know the names only. */
export interface PlatformRoles {
  readonly certManager: string;
  readonly observability: string;
}

/**
 * Values that replace the ARNs which the platform's charts build themselves, in the partition `aws` and without path:
 * https://github.com/open-edge-platform/edge-manageability-framework/blob/main/argocd/applications/custom/platform-autocert.tpl
 * https://github.com/open-edge-platform/edge-manageability-framework/blob/main/argocd/applications/custom/edgenode-observability.tpl
 */
export function roleOverwrites({ certManager, observability }: PlatformRoles): YamlObject {
  const serviceAccount = { annotations: { "eks.amazonaws.com/role-arn": observability } };
  const storing = () => ({ loki: { serviceAccount }, "mimir-distributed": { serviceAccount } });
  return {
    "platform-autocert": { autoCert: { aws: { role: certManager } } },
    "edgenode-observability": storing(),
    "orchestrator-observability": storing(),
  };
}
