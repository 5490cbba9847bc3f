import type { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn } from "cdktf";
import { generatedPassword } from "../../lib/constructs/generated-password";
import type { LayerStack } from "../../lib/layer/stack";
import { type Database, databases } from "./databases";
import { postgresPort } from "./network";

/** Inputs common to the secrets of all databases. */
interface Shared {
  readonly cluster: RdsCluster;
  readonly keyArn: string;
  readonly passwordVersion: number;
}

/** Adds a secret for each database's user; returns the ARNs by database. */
export function addDatabaseSecrets(
  stack: LayerStack,
  shared: Shared,
): Readonly<Record<Database["id"], string>> {
  const arns = databases.map((database) => [database.id, addSecret(stack, database, shared)]);
  // Object.fromEntries widens the keys, which are the IDs of the databases.
  return Object.fromEntries(arns) as Record<Database["id"], string>;
}

function addSecret(
  stack: LayerStack,
  { id, name, user, namespace }: Database,
  { cluster, keyArn, passwordVersion }: Shared,
): string {
  const secret = new SecretsmanagerSecret(stack, `${id}-secret`, {
    name: stack.named("secret", `${id}-aurora-postgresql`),
    description: `User of database ${name}, for namespace ${namespace}`,
    kmsKeyId: keyArn,
    // A secret in its recovery window blocks its name, so a destroy deletes secrets immediately.
    recoveryWindowInDays: stack.deletionProtection ? 30 : 0,
  });
  const password = generatedPassword(stack, `${id}-password`);
  new SecretsmanagerSecretVersion(stack, `${id}-secret-version`, {
    secretId: secret.id,
    // Write-only: it is stored neither in plan nor in state. Terraform sends it when the version below changes.
    secretStringWo: Fn.jsonencode({
      PGHOST: cluster.endpoint,
      PGPORT: `${postgresPort}`,
      PGDATABASE: name,
      PGUSER: user,
      PGPASSWORD: password,
      password,
    }),
    secretStringWoVersion: passwordVersion,
  });
  return secret.arn;
}
