import type { Endpoint } from "../../lib/layer/endpoint";
import type { Environment } from "../../lib/layer/environment-schema";
import { databasePort } from "./databases";

/** The database as psql reaches it through a tunnel, with the master user's password. */
export function databaseEndpoint(
  { region }: Environment,
  outputs: { readonly endpoint: string; readonly masterUserSecretArn: string },
): Endpoint {
  const { endpoint: host, masterUserSecretArn } = outputs;
  const secret = `aws secretsmanager get-secret-value --region ${region} --secret-id ${masterUserSecretArn} --query SecretString --output text`;
  return {
    noun: "database",
    server: { protocol: "postgresql", host, port: databasePort },
    localPort: 15432,
    commands: ({ localPort }) => [
      `export PGUSER=$(${secret} | jq -r .username) PGPASSWORD=$(${secret} | jq -r .password)`,
      `psql "host=localhost port=${localPort} dbname=postgres sslmode=require"`,
    ],
  };
}
