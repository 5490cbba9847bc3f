import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { AnyLayer } from "../../../../lib/layer/layer";
import type { SynthesisedLayer } from "../../../synth";
import { type Moto, signedRequest } from "../../moto";

type Values = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** Outputs of a layer that differ from those that nobody looks at. */
export type Outputs = Readonly<Record<string, Values>>;

/** `data.terraform_remote_state.kms.outputs.keyArns.eks`, or with the last in brackets. */
const reference = /data\.terraform_remote_state\.([\w-]+)\.outputs\.(\w+)(?:\.([\w-]+)|\["([^"]+)"\])?/g;

/** Puts states of the layers that a layer needs into a bucket of moto, with secrets for the ARNs of secrets in them. */
export async function putStates(
  moto: Moto,
  { needs }: AnyLayer,
  {
    json,
    bucket,
    outputs,
  }: { readonly bucket: string; readonly outputs: Outputs } & Pick<SynthesisedLayer, "json">,
): Promise<void> {
  const read = referencesIn(JSON.stringify(json).replaceAll('\\"', '"'));
  const client = new SecretsManagerClient({
    ...{ region: "us-west-2", endpoint: moto.url },
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  for (const need of Object.values(needs)) {
    const values = Object.entries(need.outputs).map(async ([name, { kind }]) => {
      const given = outputs[need.name]?.[name];
      if (given !== undefined) return [name, given] as const;
      if (kind === "text") return [name, "unread"] as const;
      const keys = read.filter((one) => one.layer === need.name && one.output === name);
      const entries = keys.map(async ({ key }) => [
        key,
        name.endsWith("SecretArns") ? await createSecret(client, key) : `arn:aws:${name}:${key}`,
      ]);
      return [
        name,
        Object.fromEntries(await Promise.all(entries)) as Readonly<Record<string, string>>,
      ] as const;
    });
    await put(moto, `${bucket}/us-west-2/${need.name}/dev`, await Promise.all(values));
  }
  client.destroy();
}

interface Reference {
  readonly layer: string;
  readonly output: string;
  readonly key: string;
}

function referencesIn(text: string): readonly Reference[] {
  const found = [...text.matchAll(reference)].map(([, layer = "", output = "", plain, quoted]) => ({
    ...{ layer, output },
    key: plain ?? quoted ?? "",
  }));
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

/** With what a user or a database has. */
async function createSecret(client: SecretsManagerClient, name: string): Promise<string> {
  const database = { PGHOST: "database.example.com", PGPORT: "5432", PGUSER: name, PGDATABASE: name };
  const password = secretOf(name);
  const content = {
    username: name,
    password,
    signingKey: `key of ${name}`,
    PGPASSWORD: password,
    ...database,
  };
  const command = new CreateSecretCommand({ Name: name, SecretString: JSON.stringify(content) });
  return (await client.send(command)).ARN ?? "";
}

/** The password in the secret of a user or a database. */
export function secretOf(name: string): string {
  return `seeded-password-of-${name}`;
}

/** https://github.com/hashicorp/terraform/blob/v1.11.4/internal/states/statefile/version4.go */
async function put(
  { url }: Moto,
  path: string,
  outputs: readonly (readonly [name: string, value: Values[string]])[],
): Promise<void> {
  const typed = outputs.map(([name, value]) => {
    const keys = typeof value === "string" ? [] : Object.keys(value);
    const type =
      typeof value === "string"
        ? "string"
        : ["object", Object.fromEntries(keys.map((key) => [key, "string"]))];
    return [name, { value, type }];
  });
  const state = {
    ...{ version: 4, terraform_version: "1.11.0", serial: 1, lineage: path.replaceAll("/", "-") },
    ...{ outputs: Object.fromEntries(typed), resources: [] },
  };
  const answer = await signedRequest(`${url}/${path}`, "s3", { method: "PUT", body: JSON.stringify(state) });
  if (!answer.ok) throw new Error(`moto refused the state: ${await answer.text()}`);
}
