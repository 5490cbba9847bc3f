import type { Kind, Thing } from "../../gitops/expectations/expectation";
import type { ReleaseName } from "../../gitops/releases";

/** A thing that real charts of a release were measured to expect, and the first wave with an application that does. */
export interface Measured extends Thing {
  readonly waves: Partial<Readonly<Record<ReleaseName, number>>>;
  /** Expected only with every service on. */
  readonly everything?: boolean;
  /** Expected only if the platform makes the certificate of the load balancers, or only if somebody else does. */
  readonly certificate?: "platform" | "others";
}

const always = (wave: number) => ({ "2025.2": wave, "2026.0": wave });
const databaseKeys = ["PGDATABASE", "PGHOST", "PGPASSWORD", "PGPORT", "PGUSER"];
const of = (kind: Kind, wave: number, ...names: readonly string[]): readonly Measured[] =>
  names.map((name) => ({ kind, name, waves: always(wave) }));
const secret = (wave: number, name: string, ...keys: readonly string[]): Measured => ({
  ...{ kind: "secret", name, keys, waves: always(wave) },
});
const database = (wave: number, name: string) => secret(wave, `${name}-aurora-postgresql`, ...databaseKeys);
const everything = (measured: Measured): Measured => ({ ...measured, everything: true });

/** All that previous versions of this product did not create, or created by another name. */
export const measured: readonly Measured[] = [
  { kind: "host", name: "tinkerbell-nginx", waves: { "2025.2": 1200 } },
  { kind: "host", name: "tinkerbell-haproxy", waves: { "2026.0": 1200 } },
  everything({ kind: "host", name: "mps", waves: always(2100) }),
  ...["fm", "orch"].flatMap((part) =>
    of(
      "bucket",
      1000,
      ...["loki-admin", "loki-chunks", "loki-ruler", "mimir-ruler", "mimir-tsdb"].map(
        (bucket) => `{bucketPrefix}-${part}-${bucket}`,
      ),
    ),
  ),
  ...of("namespace", 150, "orch-platform"),
  ...of("namespace", 1000, "orch-harbor"),
  ...of("namespace", 1101, "orch-app"),
  ...of("namespace", 1900, "orch-infra"),
  ...of("namespace", 2000, "orch-sre").map(everything),
  { ...secret(150, "orch-platform/platform-keycloak", "admin-password"), waves: { "2025.2": 150 } },
  {
    ...secret(150, "orch-platform/platform-keycloak", "admin-password", "password", "username"),
    waves: { "2026.0": 150 },
  },
  database(150, "orch-platform/platform-keycloak"),
  database(160, "orch-platform/vault"),
  database(1101, "orch-app/app-orch-catalog"),
  database(1900, "orch-infra/alerting"),
  database(2000, "orch-infra/inventory"),
  database(2000, "orch-infra/inventory-reader"),
  database(2100, "orch-infra/mps"),
  database(2100, "orch-infra/rps"),
  ...of("service-account", 160, "orch-platform/vault-service-account"),
  { ...secret(170, "orch-gateway/tls-orch", "tls.crt"), certificate: "others" },
  secret(180, "gitea/gitea-tls-certs", "tls.crt"),
  secret(1000, "orch-harbor/harbor-admin-password", "HARBOR_ADMIN_PASSWORD"),
  secret(1100, "orch-harbor/harbor-admin-credential", "credential"),
  secret(1200, "orch-platform/app-gitea-credential", "password", "username"),
  secret(1200, "orch-platform/cluster-gitea-credential", "password", "username"),
  ...of("git-user", 1200, "clusterorch"),
  ...of("git-user", 2100, "apporch"),
  everything(secret(1900, "orch-infra/smtp", "authUsername", "from", "smartHost", "smartPort")),
  everything(secret(1900, "orch-infra/smtp-auth", "password")),
  everything(secret(2000, "orch-sre/basic-auth-username", "username")),
  everything(secret(2000, "orch-sre/basic-auth-password", "password")),
  everything(secret(2000, "orch-sre/destination-secret-url", "url")),
  everything(secret(2000, "orch-sre/destination-secret-ca", "ca.crt")),
  ...of("certificate", 1900, "chain of orch-gateway/tls-orch at the load balancer"),
  ...[
    ...of("certificate", 160, "Name=acm-certificate-{environment}"),
    ...of("pod-role", 160, "orch-gateway/sa-cert-rewriter"),
  ].map((row): Measured => ({ ...row, certificate: "platform" })),
  {
    ...{ kind: "target-port", name: "orch-boots/ingress-nginx-controller:443", keys: ["443"] },
    waves: { "2025.2": 1100 },
  },
  {
    ...{ kind: "target-port", name: "orch-boots/ingress-haproxy-kubernetes-ingress:443", keys: ["8443"] },
    waves: { "2026.0": 1100 },
  },
  everything({
    ...{ kind: "target-port", name: "orch-gateway/traefik:4433", keys: ["4433"] },
    waves: always(2100),
  }),
];
