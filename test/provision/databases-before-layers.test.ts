import { beforeEach, expect, test } from "vitest";
import { inOrder } from "../../lib/layer/layer";
import { aurora } from "../../modules/aurora/layer";
import { FakePostgresql } from "./fake-postgresql";
import { FakeWorld } from "./fake-world";
import { publishing, standIn } from "./publishing";
import { rehearseInMemory } from "./rehearsing";
import { run, table } from "./runs";
import { cellar } from "./toys";

const secretArn = (name: string) => `arn:aws:secretsmanager:us-west-2:123456789012:secret:${name}`;
const database = standIn(aurora, {
  endpoint: "dev-aurora.example.com",
  masterUserSecretArn: secretArn("master"),
  databaseSecretArns: { vault: secretArn("vault"), mps: secretArn("mps"), rps: secretArn("rps") },
});
const using = (...names: readonly string[]) => ({
  ...publishing("charts", { url: "https://charts.example.com" }),
  usesDatabases: () => names,
});
const between = publishing("between", { id: "between" });
const layers = inOrder([cellar, database, between, using("vault", "mps")]);

const created = [
  'CREATE DATABASE "orch-vault" OWNER "vault_user"',
  'CREATE DATABASE "orch-mps" OWNER "mps_user"',
];

let world: FakeWorld;
let server: FakePostgresql;
beforeEach(() => {
  world = new FakeWorld();
  const user = (name: string) => ({ PGDATABASE: `orch-${name}`, PGUSER: `${name}_user`, PGPASSWORD: "seed" });
  server = new FakePostgresql(world, {
    master: JSON.stringify({ username: "master", password: "seed" }),
    vault: JSON.stringify(user("vault")),
    mps: JSON.stringify(user("mps")),
    rps: JSON.stringify(user("rps")),
  });
});

test("apply creates the databases that a layer uses right before it, with a row of their own", async () => {
  expect(await run(world, "--env dev --yes", layers)).toBe(0);
  expect(server.creations).toEqual(created);
  expect(table(world)).toEqual({
    cellar: "applied",
    aurora: "applied",
    between: "applied",
    databases: "applied",
    charts: "applied",
  });
  expect(Object.keys(table(world))).toEqual(["cellar", "aurora", "between", "databases", "charts"]);
});

test("the row of databases is not counted as a layer", async () => {
  await run(world, "--env dev --yes", layers);
  expect(world.printed.find((line) => line.startsWith("  Total"))).toContain("4 layers applied");
});

test("what exists is left alone", async () => {
  await run(world, "--env dev --yes", layers);
  server.statements.length = 0;
  expect(await run(world, "--env dev --yes", layers)).toBe(0);
  expect(new Set(server.statements)).toEqual(new Set(["SELECT"]));
  expect(table(world)).toMatchObject({ databases: "unchanged" });
});

test("a resumed apply creates them too, and one without a layer that uses them does not", async () => {
  await run(world, "--env dev --yes --until between", layers);
  expect(server.creations).toEqual([]);
  expect(await run(world, "--env dev --yes --from charts", layers)).toBe(0);
  expect(server.creations).toEqual(created);
});

test("a server that refuses stops the run before the layer, and the retry begins there", async () => {
  server.refusal = "permission denied to create role";
  expect(await run(world, "--env dev --yes", layers)).toMatchObject({
    message: 'Cannot create database "orch-vault": PostgreSQL says "permission denied to create role"',
    hint: "Correct what it reports, then run: npx ts-node scripts/provision.ts --env dev --from charts --yes",
  });
  expect(table(world)).toMatchObject({
    between: "applied",
    databases: "refused",
    charts: "not run because databases was refused",
  });
});

test("a database that no server has is reported with its layer", async () => {
  const wrong = inOrder([cellar, database, using("vault", "ledger")]);
  expect(await run(world, "--env dev --yes", wrong)).toMatchObject({
    message: 'Cannot create databases for "charts": no layer declares ledger',
    hint: "Add them to the server in databases() of a layer, as docs/guides/adding-a-layer.md describes",
    exitCode: 4,
  });
});

test("a rehearsal connects to no server", async () => {
  rehearseInMemory(world);
  expect(await run(world, "apply --env dev --rehearse", layers)).toBe(0);
  expect(server.logins).toEqual([]);
  expect(table(world)).toMatchObject({ databases: "unchanged", charts: "applied" });
});
