import { readFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aurora } from "../../modules/aurora/layer";
import { type RawEnvironment, synthLayer } from "../synth";
import { type Moto, startMoto } from "./moto";
import { realProviders, succeed, type Variables } from "./terraform";
import { missing } from "./tools";

const because = missing("terraform", "mirror", "moto");
const names = ["alerting", "app-orch-catalog", "inventory", "mps", "platform-keycloak", "rps", "vault"];

let moto: Moto;
let scratch: string;
let folder: string;
let variables: Variables;

describe.skipIf(because !== undefined)(`passwords of databases ${because ?? ""}`, () => {
  beforeAll(async () => {
    moto = await startMoto();
    scratch = mkdtempSync(join(tmpdir(), "passwords-"));
    folder = join(scratch, "aurora");
    mkdirSync(folder);
    variables = { ...moto.variables, ...realProviders(scratch) };
    await applied(1);
  });
  afterAll(() => {
    moto.stop();
    rmSync(scratch, { recursive: true });
  });

  test("exist in Secrets Manager alone: in no plan, and in no state", async () => {
    const passwords = await storedPasswords();
    expect(new Set(passwords).size).toBe(names.length);
    const kept = (await succeed(folder, variables, "show", "-json", "plan")) + state();
    expect(kept).toContain("example-vault-aurora-postgresql");
    expect(passwords.filter((password) => kept.includes(password))).toEqual([]);
  });

  test("stay when the layer is applied again, and change when the file says so", async () => {
    const before = await storedPasswords();
    await applied(1);
    expect(await storedPasswords()).toEqual(before);
    await applied(2);
    expect((await storedPasswords()).filter((password) => before.includes(password))).toEqual([]);
  });
});

const state = () => readFileSync(join(folder, "terraform.tfstate"), "utf8");

/** Applies the secrets as the layer synthesises them, without the database that they tell of. */
async function applied(passwordVersion: number): Promise<void> {
  writeFileSync(join(folder, "cdk.tf.json"), secretsAlone(passwordVersion));
  await succeed(folder, variables, "init", "-input=false");
  await succeed(folder, variables, "plan", "-input=false", "-out=plan");
  await succeed(folder, variables, "apply", "-input=false", "plan");
}

function secretsAlone(passwordVersion: number): string {
  const edit = (raw: RawEnvironment) => {
    raw.account = "123456789012";
    raw.layers = { ...raw.layers, aurora: { passwordVersion } };
  };
  const { json } = synthLayer(aurora, { edit });
  const kept = Object.entries(json.resource ?? {}).filter(([type]) => type.startsWith("aws_secretsmanager_"));
  const alone = {
    ...json,
    terraform: { ...json.terraform, backend: { local: {} } },
    resource: Object.fromEntries(kept),
    data: undefined,
    output: undefined,
  };
  return JSON.stringify(alone)
    .replaceAll("aws_rds_cluster.cluster.endpoint", '\\"database.example.com\\"')
    .replaceAll(/\$\{data\.terraform_remote_state\.kms[^}]*\}/g, "alias/example-data");
}

async function storedPasswords(): Promise<string[]> {
  return Promise.all(
    names.map(async (name) => {
      const answer = await fetch(moto.url, {
        method: "POST",
        headers: {
          authorization:
            "AWS4-HMAC-SHA256 Credential=test/20260101/us-west-2/secretsmanager/aws4_request, SignedHeaders=host, Signature=0",
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": "secretsmanager.GetSecretValue",
        },
        body: JSON.stringify({ SecretId: `example-${name}-aurora-postgresql` }),
      });
      // Secrets Manager's answer, whose value is JSON that we wrote.
      const { SecretString } = (await answer.json()) as { SecretString: string };
      const { PGPASSWORD } = JSON.parse(SecretString) as { PGPASSWORD: string };
      expect(PGPASSWORD).toMatch(/^[A-Za-z0-9]{32}$/);
      return PGPASSWORD;
    }),
  );
}
