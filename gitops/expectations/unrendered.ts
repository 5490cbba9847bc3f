import type { Thing } from "./expectation";
import type { ValueCondition } from "./value-rules";

/** Something that an application's chart expects although the values handed to it do not name it. */
export interface UnrenderedExpectation extends Thing {
  readonly application: string;
  /** Where the chart or its program says so. */
  readonly source: string;
  /** Of the application's values, with keys from their root. */
  readonly where?: ValueCondition;
  readonly unless?: ValueCondition;
  /** Of a target port: values with the port of the Service and that of its pods, if they are not the chart's own. */
  readonly ports?: { readonly service: string; readonly pods: string };
}

const platform = "https://github.com/open-edge-platform";
const charts = `${platform}/orch-utils/blob/main/charts`;
const deployment = `${platform}/edge-manageability-framework/blob/v2026.0.0`;
const databaseKeys = ["PGDATABASE", "PGHOST", "PGPASSWORD", "PGPORT", "PGUSER"];
const gitCredential = ["password", "username"];
const role = (name: string) => [`{roles}${name}`];

/** The expectations; names in braces stand for those of an environment. */
export const unrenderedExpectations: readonly UnrenderedExpectation[] = [
  {
    ...{ application: "infra-external", kind: "secret", name: "orch-infra/mps-aurora-postgresql" },
    keys: databaseKeys,
    source: `${platform}/infra-charts/blob/main/amt/charts/mps/templates/deployment.yaml`,
    unless: { path: "import mps enabled", is: false },
  },
  {
    ...{ application: "infra-external", kind: "secret", name: "orch-infra/rps-aurora-postgresql" },
    keys: databaseKeys,
    source: `${platform}/infra-charts/blob/main/amt/charts/rps/templates/db-job.yaml`,
    unless: { path: "import rps enabled", is: false },
  },
  {
    ...{
      application: "infra-external",
      kind: "target-port",
      name: "orch-gateway/traefik:4433",
      keys: ["4433"],
    },
    source: `${deployment}/argocd/applications/configs/traefik.yaml`,
    unless: { path: "import mps enabled", is: false },
  },
  {
    ...{ application: "app-orch-tenant-controller", kind: "secret" },
    ...{ name: "orch-harbor/harbor-admin-credential", keys: ["credential"] },
    source: `${platform}/app-orch-tenant-controller/blob/main/internal/config/Config.go`,
  },
  {
    ...{ application: "app-deployment-manager-secret", kind: "secret" },
    ...{ name: "orch-platform/app-gitea-credential", keys: gitCredential },
    source: `${charts}/adm-secret/templates/job.yaml`,
  },
  {
    ...{ application: "app-deployment-manager-secret", kind: "secret" },
    ...{ name: "orch-platform/cluster-gitea-credential", keys: gitCredential },
    source: `${charts}/adm-secret/templates/job.yaml`,
  },
  {
    ...{ application: "alerting-monitor", kind: "secret", name: "orch-infra/smtp" },
    keys: ["authUsername", "from", "smartHost", "smartPort"],
    source: `${platform}/o11y-alerting-monitor/blob/main/deployments/alerting-monitor/templates/smtp_config_job.yaml`,
    where: { path: "smtp initialize", is: true },
  },
  ...sreSecrets(),
  {
    ...{ application: "traefik", kind: "target-port", name: "orch-gateway/traefik:443", keys: ["8443"] },
    source: "https://github.com/traefik/traefik-helm-chart/blob/v37.2.0/traefik/values.yaml",
    ports: { service: "ports websecure exposedPort", pods: "ports websecure port" },
  },
  {
    ...{ application: "ingress-haproxy", kind: "target-port" },
    ...{ name: "orch-boots/ingress-haproxy-kubernetes-ingress:443", keys: ["8443"] },
    source: "https://github.com/haproxytech/helm-charts/tree/main/kubernetes-ingress",
    ports: { service: "controller service ports https", pods: "controller containerPort https" },
  },
  {
    ...{ application: "ingress-nginx", kind: "target-port" },
    ...{ name: "orch-boots/ingress-nginx-controller:443", keys: ["443"] },
    source: "https://github.com/kubernetes/ingress-nginx/blob/main/charts/ingress-nginx/values.yaml",
    ports: { service: "controller service ports https", pods: "controller containerPort https" },
  },
  {
    ...{ application: "vault", kind: "pod-role", name: "orch-platform/vault-service-account" },
    keys: role("{environment}-vault-kms-role"),
    source: `${deployment}/argocd/applications/custom/vault.tpl`,
    where: { path: "server serviceAccount create", is: false },
  },
  {
    ...{ application: "platform-autocert", kind: "pod-role", name: "cert-manager/cert-manager" },
    keys: role("certmgr-{environment}"),
    source: `${deployment}/argocd/applications/custom/platform-autocert.tpl`,
    where: { path: "autoCert enabled", is: true },
  },
  {
    ...{ application: "cert-synchronizer", kind: "pod-role", name: "orch-gateway/sa-cert-rewriter" },
    source: `${charts}/cert-synchronizer/templates/cert-synchronizer.yaml`,
  },
  {
    ...{ application: "cert-synchronizer", kind: "certificate", name: "Name=acm-certificate-{environment}" },
    source: `${charts}/cert-synchronizer/templates/cert-synchronizer.yaml`,
  },
  {
    ...{ application: "cluster-autoscaler", kind: "pod-role", name: "kube-system/cluster-autoscaler" },
    keys: role("CASControllerRole-{environment}"),
    source: `${deployment}/argocd/applications/custom/cluster-autoscaler.tpl`,
  },
  {
    ...{ application: "app-deployment-manager", kind: "git-user", name: "apporch" },
    source: `${deployment}/pod-configs/module/gitea/main.tf`,
    where: { path: "adm gitServer", is: "https://gitea.{domain}" },
  },
  {
    ...{ application: "copy-cluster-gitea-cred-to-fleet", kind: "git-user", name: "clusterorch" },
    source: `${deployment}/pod-configs/module/gitea/main.tf`,
  },
  ...sharedChain(),
];

/** Secrets of the exporter of service levels, which are named in its chart's own values. */
function sreSecrets(): readonly UnrenderedExpectation[] {
  const secret = { application: "sre-exporter", kind: "secret" } as const;
  const source = `${platform}/o11y-sre-exporter/blob/main/deployments/sre-exporter/values.yaml`;
  return [
    { ...secret, source, name: "orch-sre/basic-auth-username", keys: ["username"] },
    { ...secret, source, name: "orch-sre/basic-auth-password", keys: ["password"] },
    { ...secret, source, name: "orch-sre/destination-secret-url", keys: ["url"] },
    {
      ...{ ...secret, source, name: "orch-sre/destination-secret-ca", keys: ["ca.crt"] },
      where: { path: "otelCollector tls caSecret enabled", is: true },
    },
  ];
}

/** Programs that trust the chain in orch-gateway/tls-orch alone, and reach each other through the load balancer. */
function sharedChain(): readonly UnrenderedExpectation[] {
  const chain = { kind: "certificate", name: "chain of orch-gateway/tls-orch at the load balancer" } as const;
  return [
    {
      ...chain,
      application: "alerting-monitor",
      source: `${platform}/o11y-alerting-monitor/blob/main/deployments/alerting-monitor/templates/deployment.yaml`,
    },
    {
      ...chain,
      application: "app-deployment-manager",
      source: `${platform}/app-orch-deployment/blob/main/app-deployment-manager/pkg/gitclient/gitclient.go`,
    },
    {
      ...chain,
      application: "infra-onboarding",
      source: `${platform}/infra-charts/blob/main/dkam/values.yaml`,
    },
  ];
}
