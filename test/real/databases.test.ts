import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databases } from "../../modules/aurora/databases";
import { createDatabase } from "../../scripts/provision/commands/databases/users";
import type { Login } from "../../scripts/provision/world/index";
import { postgresql } from "../../scripts/provision/world/postgresql";
import { issue } from "../certificates";
import { type Postgres, postgresMissing, startPostgres } from "./postgres";

const because = postgresMissing();
const passwordOf = (id: string, version = 1) => `seed-${id}-${version}`;
const wanted = (version = 1) =>
  databases.map(({ id, name, user }) => ({ database: name, user, password: passwordOf(id, version) }));

let root: string;
let postgres: Postgres;
let master: Login;

describe.skipIf(because !== undefined)(`databases in a real PostgreSQL ${because ?? ""}`, () => {
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "databases-"));
    postgres = await startPostgres(root, issue({ name: "localhost", to: new Date("2099-01-01T00:00:00Z") }));
    const at = { host: "127.0.0.1", port: postgres.port, database: "postgres" };
    // Like the master user of RDS: not a superuser, but with CREATEDB and CREATEROLE.
    await postgresql.session({ ...at, user: "operator", password: postgres.password }, (session) =>
      session.run("CREATE ROLE orchestrator LOGIN CREATEDB CREATEROLE PASSWORD 'master'"),
    );
    master = { ...at, user: "orchestrator", password: "master" };
    for (const one of wanted()) await create(one);
  });
  afterAll(async () => {
    await postgres.stop();
    rmSync(root, { recursive: true });
  });

  const create = (one: ReturnType<typeof wanted>[number]) =>
    postgresql.session(master, (session) => createDatabase(session, one, randomBytes(16)));
  const as = (one: ReturnType<typeof wanted>[number], statement: string) =>
    postgresql.session({ ...master, ...one }, (session) => session.run(statement));

  test("let each application's user in, who can create tables", async () => {
    for (const one of wanted()) await as(one, "CREATE TABLE IF NOT EXISTS things (id integer)");
    expect(wanted()).toHaveLength(7);
  });

  test("let no other user into a database", async () => {
    const [one, other] = wanted();
    await expect(as({ ...one!, database: other!.database }, "SELECT")).rejects.toThrow(
      /permission denied for database/,
    );
  });

  test("can be created again, and get a new password", async () => {
    for (const one of wanted(2)) await create(one);
    for (const one of wanted(2)) expect(await as(one, "SELECT FROM things")).toBe(0);
    await expect(as(wanted()[0]!, "SELECT")).rejects.toThrow(/password authentication failed/);
  });

  test("leave no password in the server's log, which contains every such statement", () => {
    expect(postgres.log()).toContain("LOGIN PASSWORD 'SCRAM-SHA-256$4096:");
    for (const { id } of databases)
      for (const version of [1, 2]) expect(postgres.log()).not.toContain(passwordOf(id, version));
  });

  test("are reached only by TLS", async () => {
    const session = (one: Login) =>
      postgresql.session(one, (open) =>
        open.run("SELECT FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl"),
      );
    expect(await session(master)).toBe(1);
  });
});
