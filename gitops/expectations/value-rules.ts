import type { YamlValue } from "../yaml";
import type { Kind } from "./expectation";

/** How something that a chart expects is recognised in its values. Paths are keys with spaces between them; `*` is any one. */
export interface ValueRule {
  readonly kind: Kind;
  /** The last keys of the path of the map that names the thing; empty: any map. */
  readonly at: string;
  /** Below it: the name, or the names. */
  readonly name: string;
  /** Below it: the namespace, at the first of these paths that there is; else that of the application's objects. */
  readonly namespace?: readonly string[];
  /** Below it: the keys that are read. */
  readonly keys?: readonly string[];
  /** Keys that are read whatever the values say. */
  readonly alwaysKeys?: readonly string[];
  /** The rule applies only to maps that have this value, or any value, below them; or only to those that have not. */
  readonly where?: ValueCondition;
  readonly unless?: ValueCondition;
}

/** A value below a map: this one, or any. */
export interface ValueCondition {
  readonly path: string;
  readonly is?: YamlValue;
}

const roleOf = "annotations eks.amazonaws.com/role-arn";

const ofOthers: ValueCondition = { path: "create", is: false };

/** Keys of the Secrets of databases. */
const databaseKeys = ["PGDATABASE", "PGHOST", "PGPASSWORD", "PGPORT", "PGUSER"] as const;

const secret = (at: string, name: string, rest: Partial<ValueRule> = {}): ValueRule => ({
  kind: "secret",
  at,
  name,
  ...rest,
});

/**
 * Secrets that are read in one namespace alone, wherever the values name them: Traefik reads those of an IngressRoute
 * beside it, and all IngressRoutes are in one namespace; Fleet reads those of a GitRepo beside it.
 */
export const placedSecrets: Readonly<Record<string, string>> = {
  "tls-orch": "orch-gateway",
  "fleet-rs-secret": "fleet-default",
};

/** What the platform's charts do not create. */
export const valueRules: readonly ValueRule[] = [
  secret("secretKeyRef", "name", { keys: ["key"] }),
  secret("secretRef", "name"),
  secret("usernameSecret", "name", { keys: ["key"] }),
  secret("passwordSecret", "name", { keys: ["key"] }),
  secret("additionalOptions * secret", "name", { keys: ["key"] }),
  secret("bootstrapAdmin user", "secret", { alwaysKeys: ["password", "username"] }),
  secret("", "existingSecret", {
    keys: [
      "existingSecretDatabaseKey",
      "existingSecretHostKey",
      "existingSecretPasswordKey",
      "existingSecretPortKey",
      "existingSecretUserKey",
      "passwordSecretKey",
    ],
  }),
  secret("", "existingSecretAdminPassword", { keys: ["existingSecretAdminPasswordKey"] }),
  secret("", "secrets", { alwaysKeys: databaseKeys }),
  secret("", "readOnlyReplicasSecrets", { alwaysKeys: databaseKeys }),
  secret("", "databaseSecret", { alwaysKeys: databaseKeys }),
  secret("configSecret", "name", { namespace: ["namespace"] }),
  secret("", "sourceSecretName", { namespace: ["remoteNamespace"], keys: ["keyName * source"] }),
  secret("", "adminSecretName", { namespace: ["adminSecretNamespace"] }),
  secret("smtp", "configSecret"),
  secret("", "caSecretName", { keys: ["caSecretKey"] }),
  secret("", "secretName", { namespace: ["gatewayNamespace", "secretNamespace", "namespace"] }),
  secret("", "orchSecretName"),
  secret("", "repoSecret"),
  secret("imagePullSecrets", "*"),
  secret("imagePullSecrets *", "name"),
  { kind: "config-map", at: "configMapKeyRef", name: "name", keys: ["key"] },
  { kind: "config-map", at: "configMapRef", name: "name" },
  { kind: "config-map", at: "configMap", name: "name", namespace: ["namespace"] },
  { kind: "service-account", at: "serviceAccount", name: "name", where: ofOthers },
  // A chart that creates no service account does not annotate one either.
  { kind: "role", at: "serviceAccount", name: roleOf, unless: ofOthers },
  {
    kind: "pod-role",
    at: "serviceAccount",
    name: "name",
    keys: [roleOf],
    where: { path: roleOf },
    unless: ofOthers,
  },
  { kind: "bucket", at: "bucketNames", name: "*" },
  { kind: "bucket", at: "", name: "bucket_name" },
  { kind: "bucket", at: "s3", name: "bucket" },
  { kind: "storage-class", at: "", name: "storageClass" },
  { kind: "storage-class", at: "", name: "storageClassName" },
  { kind: "node-label", at: "nodeSelector", name: "*" },
];
