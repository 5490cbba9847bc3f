import type { PlatformRelease, ServiceName, Services } from "./platform-release";

const deployment = ["applicationOrchestration"] as const;
const clusters = ["clusterOrchestration"] as const;
const edge = ["edgeInfrastructure"] as const;

/** Applications that are deployed only with services, by the services that all have to be on. */
const ofServices: readonly (readonly [readonly ServiceName[], readonly string[]])[] = [
  [["kyverno"], ["kyverno", "kyverno-extra-policies", "kyverno-istio-policy", "kyverno-traefik-policy"]],
  [
    ["observability"],
    [
      ...["alerting-monitor", "edgenode-dashboards", "edgenode-observability", "orchestrator-dashboards"],
      ...["observability-tenant-controller", "orchestrator-observability", "orchestrator-prometheus-agent"],
    ],
  ],
  [
    deployment,
    [
      ...["app-deployment-crd", "app-deployment-manager", "app-deployment-manager-secret"],
      ...["app-interconnect-manager", "app-orch-catalog", "app-orch-tenant-controller"],
      ...["app-resource-manager", "app-service-proxy", "copy-app-gitea-cred-to-fleet"],
      ...["copy-ca-cert-gitea-to-app", "copy-ca-cert-gitea-to-cluster", "copy-cluster-gitea-cred-to-fleet"],
      ...["fleet-controller", "fleet-crd", "fleet-rs-secret", "harbor-oci"],
    ],
  ],
  [
    clusters,
    [
      ...["capi-operator", "capi-operator-pre", "capi-providers-config", "cluster-connect-gateway"],
      ...["cluster-manager", "intel-infra-provider"],
    ],
  ],
  [
    edge,
    ["copy-keycloak-admin-to-infra", "infra-core", "infra-external", "infra-managers", "infra-onboarding"],
  ],
  [["ui"], ["metadata-broker", "web-ui-admin", "web-ui-root"]],
  [["ui", ...deployment], ["web-ui-app-orch"]],
  [["ui", ...clusters], ["web-ui-cluster-orch"]],
  [["ui", ...edge], ["web-ui-infra"]],
  [["sre"], ["sre-exporter"]],
  [["singleTenancy"], ["tenancy-init"]],
  [["explicitProxy"], ["squid-proxy"]],
  [["autoscaling"], ["cluster-autoscaler", "vertical-pod-autoscaler"]],
];

/**
 * Applications for other places than AWS, and two that depend on who issues the certificate:
 * https://github.com/open-edge-platform/edge-manageability-framework/blob/v2026.0.0/argocd/applications/templates/cert-synchronizer.yaml
 */
const notRequired: readonly string[] = [
  ...["aws-lb", "aws-lb-tgb", "aws-sm-get-rs-token", "aws-sm-proxy", "copy-rs-token-to-cluster", "metallb"],
  ...["metallb-config", "oci-secret", "postgresql-cluster", "postgresql-operator", "postgresql-secrets"],
  ...["rs-image-pull-secrets", "secret-wait-azure-ad-creds", "secret-wait-rs-token", "token-refresh"],
  ...["traefik-boots", "botkube", "cert-synchronizer"],
];

/** The ingress of the other boot program, whose chart a release keeps without deploying it. */
const ofBootProgram: Readonly<Record<PlatformRelease["bootIngress"]["program"], readonly string[]>> = {
  nginx: ["ingress-nginx", "nginx-ingress-pxe-boots"],
  haproxy: ["ingress-haproxy", "haproxy-ingress-pxe-boots"],
};

/** The applications that a release deploys on AWS with these services, whatever else an environment has. */
export function requiredApplications(
  { applications, bootIngress }: Pick<PlatformRelease, "applications" | "bootIngress">,
  services: Readonly<Partial<Services>>,
): readonly string[] {
  const off = ofServices.flatMap(([needed, names]) =>
    needed.every((service) => services[service] === true) ? [] : names,
  );
  const unused = Object.entries(ofBootProgram).flatMap(([program, names]) =>
    program === bootIngress.program ? [] : names,
  );
  const left = new Set([...notRequired, ...off, ...unused]);
  return applications.filter((name) => !left.has(name));
}

/** Applications whose chart of applications gives them no values of the environment: they have no file in its folder `custom`, or one of comments. */
export const withoutEnvironmentValues: readonly string[] = [
  ...["app-deployment-crd", "app-deployment-manager-secret", "capi-operator-pre"],
  ...["copy-app-gitea-cred-to-fleet", "copy-ca-cert-boots-to-gateway", "copy-ca-cert-boots-to-infra"],
  ...["copy-ca-cert-gitea-to-app", "copy-ca-cert-gitea-to-cluster", "copy-cluster-gitea-cred-to-fleet"],
  ...["copy-keycloak-admin-to-infra", "copy-rs-token-to-cluster", "edgenode-dashboards", "fleet-crd"],
  ...["fleet-rs-secret", "k8s-metrics-server", "kyverno-extra-policies", "kyverno-istio-policy"],
  ...["kyverno-traefik-policy", "metallb", "metallb-config", "namespace-label", "orchestrator-dashboards"],
  ...["postgresql-operator", "prometheus-crd", "secret-wait-azure-ad-creds", "secret-wait-rs-token"],
  ...["secret-wait-tls-boots", "secret-wait-tls-orch", "traefik-pre", "vertical-pod-autoscaler"],
  "wait-istio-job",
];
