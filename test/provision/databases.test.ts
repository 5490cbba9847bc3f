import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { inOrder } from "../../lib/layer/layer";
import { aurora } from "../../modules/aurora/layer";
import { scramVerifier } from "../../scripts/provision/commands/databases/scram";
import { FakePostgresql } from "./fake-postgresql";
import { FakeWorld } from "./fake-world";
import { standIn } from "./publishing";
import { run } from "./runs";
import { cellar } from "./toys";

const secretArn = (name: string) => `arn:aws:secretsmanager:us-west-2:123456789012:secret:${name}`;
const again = "npx ts-node scripts/provision.ts databases --env dev";
const layers = inOrder([
  cellar,
  standIn(aurora, {
    endpoint: "dev-aurora.example.com",
    masterUserSecretArn: secretArn("master"),
    databaseSecretArns: { vault: secretArn("vault"), mps: secretArn("mps") },
  }),
]);
const seeds = { master: "master-seed", vault: "vault-seed", mps: "mps-seed" };
const application = (name: "vault" | "mps") => ({
  PGDATABASE: `orch-${name}`,
  PGUSER: `${name}_user`,
  PGPASSWORD: seeds[name],
});

async function server(secrets: Record<string, string> = {}): Promise<FakePostgresql> {
  const world = new FakeWorld();
  await run(world, "--env dev --yes", layers);
  world.printed.length = 0;
  return new FakePostgresql(world, {
    master: JSON.stringify({ username: "master", password: seeds.master }),
    vault: JSON.stringify(application("vault")),
    mps: JSON.stringify(application("mps")),
    ...secrets,
  });
}

test("every application gets its database and its user, and each user is tried", async () => {
  const { world, logins, statements } = await server();
  expect(await run(world, "databases --env dev", layers)).toBe(0);
  expect(world.printed.slice(-2)).toEqual([
    "  orch-mps: created, user mps_user",
    "  orch-vault: created, user vault_user",
  ]);
  expect(statements.filter((statement) => statement.startsWith("CREATE DATABASE"))).toEqual([
    'CREATE DATABASE "orch-mps" OWNER "mps_user"',
    'CREATE DATABASE "orch-vault" OWNER "vault_user"',
  ]);
  const last = { host: "dev-aurora.example.com", port: 5432, database: "orch-vault", user: "vault_user" };
  expect(logins.at(-1)).toEqual({ ...last, password: seeds.vault });
});

test("a user that can log in is not changed", async () => {
  const { world, statements } = await server();
  await run(world, "databases --env dev", layers);
  statements.length = 0;
  world.printed.length = 0;
  expect(await run(world, "databases --env dev", layers)).toBe(0);
  expect(new Set(statements)).toEqual(new Set(["SELECT"]));
  expect(world.printed.slice(-2)).toEqual([
    "  orch-mps: unchanged, user mps_user",
    "  orch-vault: unchanged, user vault_user",
  ]);
});

test("no password is printed, logged or part of a statement", async () => {
  const { world, statements } = await server();
  await run(world, "databases --env dev", layers);
  const everything = [...world.printed, ...world.texts.values(), ...statements].join("\n");
  expect(everything).toContain("SCRAM-SHA-256$4096:");
  for (const seed of Object.values(seeds)) expect(everything).not.toContain(seed);
});

test("an error of PostgreSQL is printed unchanged", async () => {
  const refusing = await server();
  refusing.refusal = "permission denied to create role";
  expect(await run(refusing.world, "databases --env dev", layers)).toMatchObject({
    message: 'Cannot create database "orch-mps": PostgreSQL says "permission denied to create role"',
    hint: `Correct what it reports, then run: ${again}`,
    exitCode: 1,
  });
});

test("a secret that is not ours is named, and nothing of it repeated", async () => {
  const { world } = await server({ vault: "vault-seed, but no JSON" });
  const failure = await run(world, "databases --env dev", layers);
  expect(failure).toMatchObject({
    message: `Cannot use the secret "${secretArn("vault")}": it is not the JSON that was stored there`,
    hint: "Raise layers.aurora.passwordVersion in dev and apply the layer aurora, which writes it again",
    exitCode: 4,
  });
  expect(JSON.stringify(failure)).not.toContain("vault-seed");
});

test("a Ctrl-C ends it between two databases", async () => {
  const { world } = await server();
  const session = world.postgresql.session.bind(world.postgresql);
  Object.assign(world.postgresql, {
    session: (...given: Parameters<typeof session>) => {
      world.interrupt();
      return session(...given);
    },
  });
  expect(await run(world, "databases --env dev", layers)).toMatchObject({
    message: 'Cannot finish "vault": you interrupted the run',
    hint: `Go on with: ${again}`,
    exitCode: 7,
  });
  expect(world.printed).toContain("  orch-mps: created, user mps_user");
});

test("a verifier equals that of the example in RFC 7677", () => {
  const verifier = scramVerifier("pencil", Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64"));
  const [, , storedKey, serverKey] = /^SCRAM-SHA-256\$(4096:[^$]+)\$([^:]+):(.+)$/.exec(verifier) ?? [];
  // The example's messages, from which its proofs and signatures follow.
  const messages =
    "n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
  const signature = createHmac("sha256", Buffer.from(serverKey ?? "", "base64")).update(messages);
  expect(signature.digest("base64")).toBe("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
  expect(storedKey).toMatch(/^[A-Za-z0-9+/]{43}=$/);
});
