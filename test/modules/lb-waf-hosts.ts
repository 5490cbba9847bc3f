/** What serves a host name of the orchestrator. */
export type HostEntry = "orchestrator" | "administration" | "tinkerbell" | "vpro";

/**
 * Host names below the orchestrator's domain that the platform's applications answer to, call, or hand to edge nodes, as
 * their rendered values name them with release 2026.0, by where they enter; "" is the domain itself.
 */
export const applicationHosts: Readonly<Record<string, HostEntry>> = {
  "": "orchestrator",
  "alerting-monitor": "orchestrator",
  api: "orchestrator",
  "app-orch": "orchestrator",
  "app-service-proxy": "orchestrator",
  argocd: "administration",
  "attest-node": "orchestrator",
  "cluster-management": "orchestrator",
  "cluster-orch": "orchestrator",
  "cluster-orch-node": "orchestrator",
  "connect-gateway": "orchestrator",
  "device-manager-node": "orchestrator",
  "docs-ui": "orchestrator",
  fleet: "orchestrator",
  gitea: "administration",
  "infra-node": "orchestrator",
  keycloak: "orchestrator",
  "logs-node": "orchestrator",
  metadata: "orchestrator",
  "metrics-node": "orchestrator",
  mps: "vpro",
  "mps-wss": "orchestrator",
  "observability-admin": "orchestrator",
  "observability-ui": "orchestrator",
  "onboarding-node": "orchestrator",
  "onboarding-stream": "orchestrator",
  "registry-oci": "orchestrator",
  release: "orchestrator",
  rps: "orchestrator",
  "rps-wss": "orchestrator",
  "telemetry-node": "orchestrator",
  "tinkerbell-haproxy": "tinkerbell",
  "tinkerbell-server": "orchestrator",
  "update-node": "orchestrator",
  vault: "orchestrator",
  vnc: "orchestrator",
  "web-ui": "orchestrator",
  "ws-app-service-proxy": "orchestrator",
};

/** Names that earlier releases had and that no application uses any more. */
export const droppedHosts: readonly string[] = [
  "api-proxy",
  "cluster-orch-edge-node",
  "log-query",
  "logs",
  "registry",
  "vault-edge-node",
  "vcm",
];

/** What release 2025.2 has instead. */
export const hostsOf2025v2: Readonly<Record<string, HostEntry>> = {
  ...Object.fromEntries(
    Object.entries(applicationHosts).filter(
      ([host]) => !["cluster-management", "docs-ui", "tinkerbell-haproxy"].includes(host),
    ),
  ),
  "tinkerbell-nginx": "tinkerbell",
};
