import type { Thing } from "./expectation";
import type { ValueCondition, ValueRule } from "./value-rules";

/** Something that an application creates, and others read. */
export interface MadeByPlatform extends Thing {
  readonly application: string;
  readonly source: string;
  readonly where?: ValueCondition;
}

/** What charts create by names in their values, in the namespace of the application's objects. */
export const madeByValues: readonly ValueRule[] = [
  { kind: "secret", at: "", name: "targetSecretName", keys: ["keyName * target"] },
];

const charts = "https://github.com/open-edge-platform/orch-utils/blob/main/charts";
const certificate = ["ca.crt", "tls.crt", "tls.key"];

/** What charts create by names of their own. */
export const madeByCharts: readonly MadeByPlatform[] = [
  ...["haproxy-ingress-pxe-boots", "nginx-ingress-pxe-boots"].map((application): MadeByPlatform => ({
    ...{ application, kind: "secret", name: "orch-boots/tls-boots", keys: certificate },
    source: `${charts}/haproxy-ingress-pxe-boots/templates/extra-objects.yaml`,
  })),
  ...["orch-app", "orch-cluster", "orch-harbor", "orch-platform"].map((namespace): MadeByPlatform => ({
    ...{ application: "self-signed-cert", kind: "service-account", name: `${namespace}/orch-svc` },
    source: `${charts}/self-signed-cert/templates/self-signed-certs.yaml`,
  })),
  {
    ...{ application: "self-signed-cert", kind: "secret", name: "orch-gateway/tls-orch", keys: certificate },
    source: `${charts}/self-signed-cert/templates/self-signed-certs.yaml`,
    where: { path: "generateOrchCert", is: true },
  },
  {
    ...{ application: "cert-synchronizer", kind: "secret", name: "orch-gateway/tls-orch", keys: certificate },
    source: `${charts}/cert-synchronizer/templates/cert-synchronizer.yaml`,
  },
  {
    ...{ application: "capi-operator-pre", kind: "secret", name: "capi-variables/capi-variables" },
    source: `${charts}/capi-operator-pre`,
  },
  {
    ...{ application: "platform-keycloak", kind: "config-map" },
    name: "orch-platform/keycloak-config-cli-realm-master",
    source: `${charts}/keycloak-instance/templates/keycloak-config-cli-job.yaml`,
  },
  {
    ...{ application: "fleet-rs-secret", kind: "secret", name: "fleet-default/fleet-rs-secret" },
    source: `${charts}/fleet-rs-secret/templates/cluster-external-secret.yaml`,
  },
];
