import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { afterEach, describe, expect, test } from "vitest";
import { loadEnvironment, type LoadedEnvironment } from "../lib/environment/environment";
import type { AnyLayer } from "../lib/layer/layer";
import { filesOf } from "../lib/layer/secret-files";
import { inputJsonSchema, type JsonSchema } from "../lib/environment/schema-outline";
import { layers } from "../modules";
import { databases } from "../modules/aurora/databases";
import { generatedUsers } from "../modules/platform/secrets";
import { everythingOn } from "./everything-on";
import { removeWorlds, terraformMissing } from "./provision/real-world";
import { run } from "./provision/runs";
import { passwordPlaces, privateKeyPlaces, tokenPlaces } from "./secrets/exceptions";
import { seededWorld } from "./secrets/seeded-world";
import { secretVariables, seed } from "./secrets/seeds";
import { synthAll, type SynthesisedLayer } from "./synth";

const all: readonly AnyLayer[] = layers;
const dev = readFileSync(join(__dirname, "../configs/dev.yaml"), "utf8");

afterEach(removeWorlds);

describe("a secret of an environment", () => {
  const { loaded, secrets, files } = loadSeeded();
  const given = all.flatMap((layer) =>
    Object.entries(layer.secretFiles?.({ settings: loaded.settings[layer.name] }) ?? {}),
  );

  test("comes from a file that the tests seed, whichever layer it is for", () => {
    expect(given.map(([variable]) => variable).sort()).toEqual(Object.keys(secretVariables).sort());
    const read = given.flatMap(([, source]) => filesOf(source));
    expect([...new Set(read)].sort()).toEqual(Object.keys(files).sort());
    expect(all.filter((layer) => "secretFiles" in layer).map(({ name }) => name)).toEqual([
      "registry-cache",
      "route53",
    ]);
  });

  test("is one of the files that settings name, and no other setting is called like one", () => {
    const names = all.flatMap(({ settings }) => settingNames(inputJsonSchema(settings)));
    const suspicious = names.filter((name) => /File$|password|token|secret|credential/i.test(name));
    expect([...new Set(suspicious)].sort()).toEqual([
      // Of a secret that is in Secrets Manager already, as all of this name.
      "adminPasswordSecretArn",
      "certificateFile",
      "chainFile",
      "credentialsFile",
      "credentialsSecretArn",
      // A number.
      "credentialsVersion",
      // A number.
      "passwordVersion",
      "privateKeyFile",
      "releaseServiceSecretArn",
      "secretArn",
      "secrets",
      "smtpSecretArn",
      "sreSecretArn",
    ]);
  });

  test("reaches Terraform as a sensitive variable, or is made by AWS while it runs", () => {
    const texts = Object.values(synthAll(loaded));
    // Terraform JSON as cdktf writes it.
    const synthesised = texts.map((text) => JSON.parse(text) as SynthesisedLayer["json"] & Ephemeral);
    const declared = synthesised.flatMap(({ variable = {} }) => Object.entries(variable));
    // A variable with a default is for running Terraform manually, e.g. through a tunnel to the cluster.
    const required = declared.filter(([, variable]) => !("default" in variable));
    expect(required.map(([name]) => name).sort()).toEqual(Object.keys(secretVariables).sort());
    expect(required.filter(([, { sensitive }]) => sensitive !== true)).toEqual([]);
    const made = synthesised.flatMap(({ ephemeral = {} }) =>
      Object.entries(ephemeral).flatMap(([type, resources]) => Object.keys(resources).map(() => type)),
    );
    const generated = made.filter((type) => type === "aws_secretsmanager_random_password");
    expect(generated).toHaveLength(
      // Argo CD's administrator has a signing key, too.
      databases.length + Object.keys(generatedUsers).length + 1,
    );
    // What is in Secrets Manager goes on to the cluster, write-only.
    expect([...new Set(made)].sort()).toEqual([
      "aws_secretsmanager_random_password",
      "aws_secretsmanager_secret_version",
    ]);
    for (const secret of secrets.flatMap(({ cores }) => cores)) expect(texts.join()).not.toContain(secret);
  });
});

// test/real/secrets.test.ts does the same for every layer, with everything on, to the end of its life.
test.skipIf(terraformMissing)(
  "a private key and tokens given as files end where AWS and Terraform leave no way around, and nowhere else",
  async () => {
    const { world, seen } = seededWorld(dev);
    const names = ["s3-backend", "kms", "platform", "registry-cache", "audit", "vpc", "route53"];
    const only = names.map((name) => `--only ${name}`).join(" ");
    expect(await run(world, `apply --env dev --rehearse ${only}`, layers)).toBe(0);
    expect(await run(world, "export --env dev --out exported", layers)).toBe(0);
    expect(seen()).toEqual({
      "private key": privateKeyPlaces,
      "docker token": tokenPlaces("docker"),
      "ghcr token": tokenPlaces("ghcr"),
      ...Object.fromEntries(
        Object.keys(generatedUsers).map((user) => [`password of ${user}`, passwordPlaces("Secrets Manager")]),
      ),
    });
  },
  300_000,
);

interface Ephemeral {
  readonly ephemeral?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function loadSeeded(): ReturnType<typeof seed> & { readonly loaded: LoadedEnvironment } {
  const raw: unknown = parse(everythingOn("default"));
  const seeds = seed(raw);
  const read = (path: string) => seeds.files[path];
  const source = { file: "seeded.yaml", text: stringify(raw), read, now: new Date("2026-01-01T00:00:00Z") };
  return { ...seeds, loaded: loadEnvironment(layers, source) };
}

/** The name of every setting in a schema, at whatever depth. */
function settingNames(schema: JsonSchema): readonly string[] {
  const { properties = {}, additionalProperties: values, items, anyOf = [], oneOf = [] } = schema;
  const inner = [...Object.values(properties), ...anyOf, ...oneOf, ...(items ? [items] : [])];
  const open = typeof values === "object" ? [values] : [];
  return [...Object.keys(properties), ...[...inner, ...open].flatMap(settingNames)];
}
