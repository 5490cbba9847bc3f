import type { ExpectedSecret, PlatformRelease } from "./platform-release";

/** Host names that every release serves. */
const hosts: readonly string[] = [
  "",
  "alerting-monitor",
  "api",
  "app-orch",
  "app-service-proxy",
  "attest-node",
  "cluster-orch",
  "cluster-orch-node",
  "connect-gateway",
  "fleet",
  "infra-node",
  "keycloak",
  "logs-node",
  "metadata",
  "metrics-node",
  "observability-admin",
  "observability-ui",
  "onboarding-node",
  "onboarding-stream",
  "registry-oci",
  "release",
  "telemetry-node",
  "tinkerbell-server",
  "update-node",
  "vault",
  "vnc",
  "web-ui",
  "ws-app-service-proxy",
];

/** Host names of the services for devices with Intel AMT, which every release since 3.1 has. */
const deviceHosts: readonly string[] = ["device-manager-node", "mps-wss", "rps", "rps-wss"];

/** Profiles that every release since 3.1 has, as far as they are made for a cloud. */
const profiles: readonly string[] = [
  "alerting-emails",
  "artifact-rs-production-noauth",
  "default-traefik-rate-limit",
  "enable-app-orch",
  "enable-autoscaling",
  "enable-aws",
  "enable-cluster-orch",
  "enable-edgeinfra",
  "enable-edgeinfra-10k",
  "enable-edgeinfra-1k",
  "enable-explicit-proxy",
  "enable-full-ui",
  "enable-kyverno",
  "enable-o11y",
  "enable-platform",
  "enable-sre",
  "o11y-release",
  "o11y-release-large",
  "profile-autocert",
  "profile-aws",
  "profile-aws-production",
  "proxy-none",
  "resource-default",
];

const meshed = { "istio-injection": "enabled" };

/** Namespaces with Secrets that exist before the charts run: those that the previous deployer created before Argo CD. */
const namespaces: PlatformRelease["namespaces"] = {
  "orch-app": meshed,
  "orch-boots": {},
  "orch-gateway": meshed,
  "orch-harbor": meshed,
  "orch-infra": meshed,
  "orch-platform": meshed,
  "orch-secret": {},
  "orch-sre": meshed,
  "cattle-system": {},
  "fleet-default": {},
};

const databaseKeys = ["PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE"];

function database(namespace: string, id: string, service?: ExpectedSecret["service"]): ExpectedSecret {
  const secret = { namespace, name: `${id}-aurora-postgresql`, keys: databaseKeys };
  return service === undefined ? secret : { ...secret, service };
}

/** Secrets that the charts of every release since 3.1 read and do not create. */
const secrets: readonly ExpectedSecret[] = [
  database("orch-platform", "platform-keycloak"),
  database("orch-platform", "vault"),
  database("orch-app", "app-orch-catalog", "applicationOrchestration"),
  database("orch-infra", "inventory", "edgeInfrastructure"),
  database("orch-infra", "inventory-reader", "edgeInfrastructure"),
  database("orch-infra", "alerting", "observability"),
  database("orch-infra", "mps", "edgeInfrastructure"),
  database("orch-infra", "rps", "edgeInfrastructure"),
  {
    namespace: "orch-harbor",
    name: "harbor-admin-password",
    keys: ["HARBOR_ADMIN_PASSWORD"],
    service: "applicationOrchestration",
  },
  {
    namespace: "orch-harbor",
    name: "harbor-admin-credential",
    keys: ["credential"],
    service: "applicationOrchestration",
  },
  {
    namespace: "orch-platform",
    name: "app-gitea-credential",
    keys: ["username", "password"],
    service: "applicationOrchestration",
  },
  {
    namespace: "orch-platform",
    name: "cluster-gitea-credential",
    keys: ["username", "password"],
    service: "applicationOrchestration",
  },
  { namespace: "gitea", name: "gitea-tls-certs", keys: ["tls.crt"], service: "applicationOrchestration" },
  {
    namespace: "orch-infra",
    name: "smtp",
    keys: ["smartHost", "smartPort", "from", "authUsername"],
    service: "alertEmails",
  },
  { namespace: "orch-infra", name: "smtp-auth", keys: ["password"], service: "alertEmails" },
  { namespace: "orch-sre", name: "basic-auth-username", keys: ["username"], service: "sre" },
  { namespace: "orch-sre", name: "basic-auth-password", keys: ["password"], service: "sre" },
  { namespace: "orch-sre", name: "destination-secret-url", keys: ["url"], service: "sre" },
  { namespace: "orch-sre", name: "destination-secret-ca", keys: ["ca.crt"], service: "sre" },
];

/**
 * EKS has ended the standard support of the version that the releases' own deployment sets:
 * https://github.com/open-edge-platform/edge-manageability-framework/blob/v2026.0.0/pod-configs/orchestrator/cluster/variable.tf
 * The objects of both releases' applications use no API that the others lack.
 */
const kubernetes: PlatformRelease["kubernetes"] = { ranOn: ["1.32"], allowed: ["1.34", "1.35", "1.36"] };

/** What the supported releases have in common. */
export const shared = { kubernetes, hosts, deviceHosts, profiles, namespaces, secrets };
