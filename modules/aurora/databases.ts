import type { DatabaseServer } from "../../lib/layer/database-server";

/** Where PostgreSQL answers. */
export const databasePort = 5432;

/** The databases of the orchestrator's applications and the one user of each, by the names that their charts expect. */
export const databases = [
  {
    // What the charts call it; a database of PostgreSQL has the namespace in its name as well.
    id: "app-orch-catalog",
    namespace: "orch-app",
    name: "orch-app-app-orch-catalog",
    user: "app-orch-catalog_user",
  },
  {
    id: "inventory",
    namespace: "orch-infra",
    name: "orch-infra-inventory",
    user: "orch-infra-system-inventory_user",
  },
  {
    id: "platform-keycloak",
    namespace: "orch-platform",
    name: "orch-platform-platform-keycloak",
    user: "orch-platform-system-platform-keycloak_user",
  },
  {
    id: "vault",
    namespace: "orch-platform",
    name: "orch-platform-vault",
    user: "orch-platform-system-vault_user",
  },
  {
    id: "alerting",
    namespace: "orch-infra",
    name: "orch-infra-alerting",
    user: "orch-infra-system-alerting_user",
  },
  {
    id: "mps",
    namespace: "orch-infra",
    name: "orch-infra-mps",
    user: "orch-infra-system-mps_user",
  },
  {
    id: "rps",
    namespace: "orch-infra",
    name: "orch-infra-rps",
    user: "orch-infra-system-rps_user",
  },
] as const;

export type Database = (typeof databases)[number];

/** The server as `provision databases` reaches it. */
export function databaseServer(
  outputs: { readonly endpoint: string } & Pick<DatabaseServer, "masterUserSecretArn" | "databaseSecretArns">,
): DatabaseServer {
  const { endpoint, masterUserSecretArn, databaseSecretArns } = outputs;
  return {
    host: endpoint,
    port: databasePort,
    masterUserSecretArn,
    databaseSecretArns,
    versionSetting: "layers.aurora.passwordVersion",
  };
}
