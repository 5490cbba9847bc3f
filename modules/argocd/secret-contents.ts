import type { ClusterSecret } from "./cluster-secret";
import type { SecretSources } from "./secret-sources";

/** What a Secret holds. */
export type Contents = Pick<ClusterSecret, "type" | "data">;

/** What the contents are made of. */
export interface Ingredients {
  readonly sources: SecretSources;
  /** Of the database cluster; what is read only is read there. */
  readonly readerEndpoint: string;
  readonly srePrivateAuthority: boolean;
}

type Of = (given: Ingredients) => Contents | undefined;

/** The contents of Secrets that charts of the platform expect, by namespace and name; undefined: its setting is not set. */
export const contentsByName: Readonly<Record<string, Of>> = {
  "orch-app/app-orch-catalog-aurora-postgresql": ofDatabase("app-orch-catalog"),
  "orch-infra/alerting-aurora-postgresql": ofDatabase("alerting"),
  "orch-infra/inventory-aurora-postgresql": ofDatabase("inventory"),
  "orch-infra/mps-aurora-postgresql": ofDatabase("mps"),
  "orch-infra/rps-aurora-postgresql": ofDatabase("rps"),
  "orch-platform/platform-keycloak-aurora-postgresql": ofDatabase("platform-keycloak"),
  "orch-platform/vault-aurora-postgresql": ofDatabase("vault"),
  "orch-infra/inventory-reader-aurora-postgresql": ({ sources, readerEndpoint }) => {
    const { data } = database(sources, "inventory");
    return { data: { ...data, PGHOST: readerEndpoint } };
  },
  // Keycloak's operator reads the first and the last, the platform's copies of the Secret the second.
  "orch-platform/platform-keycloak": ({ sources }) => {
    const admin = sources.user("keycloak-admin");
    const password = admin.at("password");
    return { data: { username: admin.at("username"), "admin-password": password, password } };
  },
  "orch-harbor/harbor-admin-password": ({ sources }) => ({
    data: { HARBOR_ADMIN_PASSWORD: sources.user("harbor-admin").at("password") },
  }),
  "orch-harbor/harbor-admin-credential": ({ sources }) => {
    const admin = sources.user("harbor-admin");
    return { data: { credential: [admin.at("username"), ":", admin.at("password")] } };
  },
  "orch-platform/app-gitea-credential": ({ sources }) => login(sources, "gitea-apporch"),
  "orch-platform/cluster-gitea-credential": ({ sources }) => login(sources, "gitea-clusterorch"),
  "orch-infra/smtp": ({ sources }) =>
    keysOf(sources, "smtpSecretArn", {
      smartHost: "smartHost",
      smartPort: "smartPort",
      from: "from",
      authUsername: "authUsername",
    }),
  "orch-infra/smtp-auth": ({ sources }) => keysOf(sources, "smtpSecretArn", { password: "password" }),
  "orch-sre/basic-auth-username": ({ sources }) => keysOf(sources, "sreSecretArn", { username: "username" }),
  "orch-sre/basic-auth-password": ({ sources }) => keysOf(sources, "sreSecretArn", { password: "password" }),
  "orch-sre/destination-secret-url": ({ sources }) => keysOf(sources, "sreSecretArn", { url: "url" }),
  // It is always mounted; the exporter reads it only with a private authority.
  "orch-sre/destination-secret-ca": ({ sources, srePrivateAuthority }) =>
    srePrivateAuthority
      ? keysOf(sources, "sreSecretArn", { "ca.crt": "caCertificate" })
      : { data: { "ca.crt": "" } },
  "orch-secret/azure-ad-creds": ({ sources }) =>
    keysOf(sources, "releaseServiceSecretArn", { refresh_token: "refreshToken" }),
};

type DatabaseId = Parameters<SecretSources["database"]>[0];

function ofDatabase(id: DatabaseId): Of {
  return ({ sources }) => database(sources, id);
}

function database(sources: SecretSources, id: DatabaseId): Contents {
  const secret = sources.database(id);
  const keys = ["PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE", "password"];
  return { data: Object.fromEntries(keys.map((key) => [key, secret.at(key)])) };
}

function login(sources: SecretSources, user: "gitea-apporch" | "gitea-clusterorch"): Contents {
  const secret = sources.user(user);
  return { data: { username: secret.at("username"), password: secret.at("password") } };
}

/** Keys of a Secret, by the keys of the operator's secret that they come from. */
function keysOf(
  sources: SecretSources,
  name: Parameters<SecretSources["given"]>[0],
  keys: Readonly<Record<string, string>>,
): Contents | undefined {
  const secret = sources.given(name);
  if (secret === undefined) return undefined;
  return { data: Object.fromEntries(Object.entries(keys).map(([key, from]) => [key, secret.at(from)])) };
}
