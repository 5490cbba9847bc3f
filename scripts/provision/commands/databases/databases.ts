import { exitCodes, UserError } from "../../../../lib/errors";
import type { DatabaseServer } from "../../../../lib/layer/database-server";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { commandLine } from "../../command-line/request";
import { Interrupted } from "../../run/interrupts";
import type { Outcome } from "../../run/outcome";
import { retryLine, type Run } from "../../run/run";
import { appliedLayer, declaring } from "../../terraform/applied-layer";
import { reaching } from "../../tunnel/reach";
import type { Login } from "../../world/index";
import { Secrets } from "./secrets";
import { type ApplicationDatabase, createDatabase } from "./users";

/** Creates the database and the user of every application, with the password in Secrets Manager; can be repeated. */
export async function handle(run: Run): Promise<number> {
  for (const declared of await servers(run)) {
    const names = Object.keys(declared.server.databaseSecretArns);
    await createDatabases(run, declared, { names, retry: commandLine(run.request) });
  }
  return exitCodes.done;
}

/** Creates those databases that a layer uses and that are missing, with their users; a rehearsal has no server. */
export async function ensureDatabases(run: Run, user: AnyLayer, names: readonly string[]): Promise<Outcome> {
  let added = 0;
  const left = new Set(names);
  for (const declared of await servers(run)) {
    const here = names.filter((name) => declared.server.databaseSecretArns[name] !== undefined);
    for (const name of here) left.delete(name);
    if (run.request.rehearse) run.events.note(`Simulated, without a server: ${here.join(", ")}`);
    else added += await createDatabases(run, declared, { names: here, retry: retryLine(run, user) });
  }
  if (left.size > 0) throw unknown(user, left);
  if (added === 0) return { kind: "unchanged" };
  return { kind: "applied", counts: { added, changed: 0, destroyed: 0 } };
}

/** A server, and the layer that it belongs to. */
interface Declared {
  readonly server: DatabaseServer;
  readonly layer: string;
}

async function servers(run: Run): Promise<readonly Declared[]> {
  const found: Declared[] = [];
  for (const layer of declaring(run, run.layers, "databases")) {
    const server = layer.databases?.(await appliedLayer(run, layer));
    if (server !== undefined) found.push({ server, layer: layer.name });
  }
  return found;
}

/** Which databases of a server, and the command line that goes on with them. */
interface Wanted {
  readonly names: readonly string[];
  readonly retry: string;
}

/** Returns how many it created, or brought up to date. */
async function createDatabases(run: Run, declared: Declared, { names, retry }: Wanted): Promise<number> {
  const { host, port, masterUserSecretArn, databaseSecretArns } = declared.server;
  const secrets = new Secrets(run, declared);
  const master = await secrets.master(masterUserSecretArn);
  const server = { host, port, speaks: { protocol: "postgresql" } } as const;
  let count = 0;
  await reaching(run, server, async ({ localPort }) => {
    const at = localPort === undefined ? { host, port } : { host: "127.0.0.1", port: localPort };
    const login = { ...at, database: "postgres", user: master.username, password: master.password };
    for (const name of names) {
      if (run.interrupts.draining) throw new Interrupted(name, retry);
      const wanted = await secrets.database(databaseSecretArns[name] ?? "");
      const outcome = await bringUpToDate(run, login, { ...wanted, retry });
      if (outcome === "created") count += 1;
      run.events.note(`${wanted.database}: ${outcome}, user ${wanted.user}`);
    }
  });
  return count;
}

/** Proves by a login that the user reaches the database; creates what is missing first. */
async function bringUpToDate(
  run: Run,
  master: Login,
  { retry, ...wanted }: ApplicationDatabase & Pick<Wanted, "retry">,
): Promise<"created" | "unchanged"> {
  if (await logsIn(run, { ...master, ...wanted })) return "unchanged";
  return run.events.step(`creating ${wanted.database}`, async (): Promise<"created"> => {
    try {
      const salt = run.world.randomBytes(16);
      await run.world.postgresql.session(master, (session) => createDatabase(session, wanted, salt));
      await run.world.postgresql.session({ ...master, ...wanted }, (session) => session.run("SELECT"));
    } catch (error) {
      throw refused(wanted.database, retry, error);
    }
    return "created";
  });
}

async function logsIn(run: Run, login: Login): Promise<boolean> {
  try {
    await run.world.postgresql.session(login, (session) => session.run("SELECT"));
    return true;
  } catch {
    // Whatever keeps it out, the master user meets it too, and reports it.
    return false;
  }
}

function refused(database: string, retry: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return new UserError(
    `Cannot create database "${database}": PostgreSQL says "${error.message}"`,
    `Correct what it reports, then run: ${retry}`,
  );
}

function unknown({ name }: AnyLayer, databases: ReadonlySet<string>): UserError {
  return new UserError(
    `Cannot create databases for "${name}": no layer declares ${[...databases].join(", ")}`,
    "Add them to the server in databases() of a layer, as docs/guides/adding-a-layer.md describes",
    exitCodes.preflightFailed,
  );
}
