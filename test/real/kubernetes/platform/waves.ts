/** Names of applications by namespace. */
type Wave = Readonly<Record<string, readonly string[]>>;

/** The applications of release 2026.0 with the settings of the example environment, by sync wave and namespace. */
export const waves: Readonly<Record<number, Wave>> = {
  1: {
    "orch-platform": ["keycloak-operator"],
  },
  90: {
    "ns-label": ["namespace-label"],
  },
  100: {
    "cert-manager": ["cert-manager"],
    "istio-system": ["istio-base"],
    "kube-system": ["k8s-metrics-server"],
    kyverno: ["kyverno"],
    "orch-platform": ["prometheus-crd"],
    "orch-secret": ["external-secrets"],
  },
  105: {
    kyverno: ["kyverno-extra-policies"],
  },
  110: {
    "istio-system": ["istiod"],
    "ns-label": ["wait-istio-job"],
    "orch-platform": ["reloader"],
  },
  150: {
    "cert-manager": ["platform-autocert"],
    "istio-system": ["istio-policy", "kiali"],
    "orch-platform": ["platform-keycloak"],
  },
  160: {
    "cert-manager": ["self-signed-cert"],
    "orch-platform": ["secrets-config", "vault"],
  },
  170: {
    "orch-gateway": ["secret-wait-tls-orch"],
    "orch-platform": ["rs-proxy"],
  },
  180: {
    "cattle-system": ["copy-ca-cert-gateway-to-cattle"],
    "orch-app": ["copy-ca-cert-gitea-to-app"],
    "orch-cluster": ["copy-ca-cert-gitea-to-cluster"],
    "orch-infra": ["copy-ca-cert-gateway-to-infra", "copy-keycloak-admin-to-infra"],
  },
  990: {
    "capi-variables": ["capi-operator-pre"],
  },
  1000: {
    "capi-operator-system": ["capi-operator"],
    "orch-gateway": ["traefik-pre"],
    "orch-harbor": ["harbor-oci"],
    "orch-infra": ["edgenode-dashboards", "edgenode-observability"],
    "orch-platform": [
      "orchestrator-dashboards",
      "orchestrator-observability",
      "orchestrator-prometheus-agent",
    ],
  },
  1010: {
    "cattle-fleet-system": ["fleet-crd"],
  },
  1020: {
    "cattle-fleet-system": ["fleet-controller"],
  },
  1100: {
    "capi-operator-system": ["capi-providers-config"],
    kyverno: ["kyverno-istio-policy", "kyverno-traefik-policy"],
    "orch-app": ["app-orch-tenant-controller"],
    "orch-boots": ["ingress-haproxy"],
    "orch-gateway": ["traefik"],
  },
  1101: {
    "orch-app": ["app-orch-catalog"],
  },
  1200: {
    "fleet-default": ["copy-app-gitea-cred-to-fleet", "copy-cluster-gitea-cred-to-fleet", "fleet-rs-secret"],
    "orch-boots": ["haproxy-ingress-pxe-boots"],
    "orch-gateway": ["traefik-extra-objects"],
    "orch-iam": ["nexus-api-gw", "tenancy-api-mapping", "tenancy-datamodel", "tenancy-manager"],
  },
  1250: {
    "orch-gateway": ["keycloak-tenant-controller"],
  },
  1300: {
    "orch-boots": ["secret-wait-tls-boots"],
    "orch-secret": ["token-fs"],
  },
  1400: {
    "orch-gateway": ["copy-ca-cert-boots-to-gateway"],
    "orch-infra": ["copy-ca-cert-boots-to-infra"],
  },
  1900: {
    "orch-infra": ["alerting-monitor"],
  },
  2000: {
    "orch-app": ["app-deployment-crd"],
    "orch-cluster": ["cluster-connect-gateway", "cluster-manager"],
    "orch-infra": ["infra-core"],
    "orch-platform": ["app-deployment-manager-secret", "component-status"],
    "orch-ui": ["metadata-broker"],
  },
  2005: {
    "orch-gateway": ["auth-service"],
    "orch-platform": ["observability-tenant-controller"],
  },
  2100: {
    "orch-app": ["app-deployment-manager", "app-resource-manager", "app-service-proxy"],
    "orch-cluster": ["intel-infra-provider"],
    "orch-infra": ["infra-external", "infra-managers", "infra-onboarding"],
  },
  3000: {
    "orch-gateway": ["certificate-file-server"],
    "orch-ui": ["web-ui-admin", "web-ui-app-orch", "web-ui-cluster-orch", "web-ui-infra", "web-ui-root"],
  },
};
