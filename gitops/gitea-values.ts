import { giteaSecrets } from "./gitea-secrets";
import { environmentList } from "./proxy-values";
import type { YamlObject } from "./yaml";

/** Inputs of the values of the chart gitea. */
export interface GiteaFacts {
  readonly host: string;
  readonly storageGibibytes: number;
  readonly storageClass: string;
  readonly imageTag: string;
  /** Changes with the administrator's password, which Gitea takes when its pod starts. */
  readonly loginRevision: string;
  /** Environment variables of its pod: those of a proxy. */
  readonly variables: Readonly<Record<string, string>>;
}

const certificates = "/certificates";

/**
 * Values of the chart gitea: one pod that stores repositories and an SQLite database on one encrypted volume. The chart's
 * databases are disabled: their images are no longer published. The variables reach the pod's first containers as well:
 * https://gitea.com/gitea/helm-gitea/src/tag/v10.4.0/templates/gitea/deployment.yaml
 */
export function giteaValues(facts: GiteaFacts): YamlObject {
  const tlsVolume = { name: "tls", mountPath: certificates, readOnly: true };
  return {
    postgresql: { enabled: false },
    "postgresql-ha": { enabled: false },
    redis: { enabled: false },
    "redis-cluster": { enabled: false },
    test: { enabled: false },
    image: { tag: facts.imageTag, rootless: true },
    replicaCount: 1,
    deployment: { env: environmentList(facts.variables) },
    // The volume attaches to one pod at a time, so the old pod must be deleted first.
    strategy: { type: "Recreate" },
    persistence: {
      enabled: true,
      size: `${facts.storageGibibytes}Gi`,
      storageClass: facts.storageClass,
      accessModes: ["ReadWriteOnce"],
    },
    extraVolumes: [{ name: "tls", secret: { secretName: giteaSecrets.tls } }],
    extraContainerVolumeMounts: [tlsVolume],
    service: { http: { type: "ClusterIP", clusterIP: "", port: 443 } },
    gitea: {
      podAnnotations: { "edge-orchestrator/login-revision": facts.loginRevision },
      admin: {
        existingSecret: giteaSecrets.admin,
        email: `gitea@${facts.host}`,
        passwordMode: "keepUpdated",
      },
      config: config(facts),
      // null removes the chart's own probe, which uses HTTP.
      readinessProbe: {
        tcpSocket: null,
        httpGet: { path: "/api/healthz", port: "http", scheme: "HTTPS" },
      },
    },
  };
}

function config({ host }: GiteaFacts): YamlObject {
  return {
    server: {
      DOMAIN: host,
      ROOT_URL: `https://${host}/`,
      PROTOCOL: "https",
      HTTP_PORT: 3000,
      CERT_FILE: `${certificates}/tls.crt`,
      KEY_FILE: `${certificates}/tls.key`,
      SSL_MIN_VERSION: "TLSv1.2",
      DISABLE_SSH: true,
    },
    database: { DB_TYPE: "sqlite3" },
    session: { PROVIDER: "db", COOKIE_SECURE: true },
    cache: { ADAPTER: "memory" },
    queue: { TYPE: "level" },
    service: { DISABLE_REGISTRATION: true, REQUIRE_SIGNIN_VIEW: true },
    openid: { ENABLE_OPENID_SIGNIN: false, ENABLE_OPENID_SIGNUP: false },
    repository: {
      DEFAULT_BRANCH: "main",
      DEFAULT_PRIVATE: "private",
      // Application orchestration creates the repository of each deployment by its first push; off by default:
      // https://docs.gitea.com/administration/config-cheat-sheet#repository-repository
      ENABLE_PUSH_CREATE_USER: true,
      DEFAULT_PUSH_CREATE_PRIVATE: true,
    },
  };
}
