import { z } from "zod";
import { exitCodes, UserError } from "../../../../lib/errors";
import { awsCall, sent } from "../../../../lib/layer/aws-call";
import type { DatabaseServer } from "../../../../lib/layer/database-server";
import { callAws } from "../../aws/client";
import { commandLine } from "../../command-line/request";
import { Interrupted } from "../../run/interrupts";
import { jsonOrUndefined } from "../../run/json";
import type { Run } from "../../run/run";
import { appliedLayer, declaring } from "../../terraform/applied-layer";
import { reaching } from "../../tunnel/reach";
import type { Login } from "../../world/index";
import { type ApplicationDatabase, createDatabase } from "./users";

const masterSecret = z.object({ username: z.string(), password: z.string() });
const applicationSecret = z.object({ PGDATABASE: z.string(), PGUSER: z.string(), PGPASSWORD: z.string() });

/** Creates the database and the user of every application, with the password in Secrets Manager; can be repeated. */
export async function handle(run: Run): Promise<number> {
  for (const layer of declaring(run, run.layers, "databases")) {
    const server = layer.databases?.(await appliedLayer(run, layer));
    if (server !== undefined) await createDatabases(run, { server, layer: layer.name });
  }
  return exitCodes.done;
}

/** A server, and the layer that it belongs to. */
interface Declared {
  readonly server: DatabaseServer;
  readonly layer: string;
}

async function createDatabases(run: Run, declared: Declared): Promise<void> {
  const { host, port, masterUserSecretArn, databaseSecretArns } = declared.server;
  const secrets = new Secrets(run, declared);
  const master = await secrets.read(masterUserSecretArn, masterSecret);
  const server = { host, port, speaks: { protocol: "postgresql" } } as const;
  await reaching(run, server, async ({ localPort }) => {
    const at = localPort === undefined ? { host, port } : { host: "127.0.0.1", port: localPort };
    const login = { ...at, database: "postgres", user: master.username, password: master.password };
    for (const [name, secretArn] of Object.entries(databaseSecretArns)) {
      if (run.interrupts.draining) throw new Interrupted(name, commandLine(run.request));
      const secret = await secrets.read(secretArn, applicationSecret);
      const wanted = { database: secret.PGDATABASE, user: secret.PGUSER, password: secret.PGPASSWORD };
      run.events.note(`${wanted.database}: ${await bringUpToDate(run, login, wanted)}`);
    }
  });
}

/** Proves by a login that the user reaches the database; creates what is missing first. */
async function bringUpToDate(run: Run, master: Login, wanted: ApplicationDatabase): Promise<string> {
  if (await logsIn(run, { ...master, ...wanted })) return `unchanged, user ${wanted.user}`;
  return run.events.step(`creating ${wanted.database}`, async () => {
    try {
      const salt = run.world.randomBytes(16);
      await run.world.postgresql.session(master, (session) => createDatabase(session, wanted, salt));
      await run.world.postgresql.session({ ...master, ...wanted }, (session) => session.run("SELECT"));
    } catch (error) {
      throw refused(run, wanted.database, error);
    }
    return `created, user ${wanted.user}`;
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

function refused(run: Run, database: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return new UserError(
    `Cannot create database "${database}": PostgreSQL says "${error.message}"`,
    `Correct what it reports, then run: ${commandLine(run.request)}`,
  );
}

/** Entries of Secrets Manager that hold JSON. */
class Secrets {
  constructor(
    private readonly run: Run,
    private readonly declared: Declared,
  ) {}

  /** Nothing of an entry is repeated when it is not what was expected. */
  async read<Shape extends z.ZodType>(arn: string, shape: Shape): Promise<z.output<Shape>> {
    const call = awsCall("secrets-manager", "GetSecretValue", { SecretId: arn });
    const { SecretString } = await callAws(this.run, `read the secret "${arn}"`, call);
    const parsed = shape.safeParse(jsonOrUndefined(sent(SecretString, "SecretString")));
    if (parsed.success) return parsed.data;
    const { layer, server } = this.declared;
    throw new UserError(
      `Cannot use the secret "${arn}": it is not the JSON that was stored there`,
      `Raise ${server.versionSetting} in ${this.run.request.env} and apply the layer ${layer}, which writes it again`,
      exitCodes.preflightFailed,
    );
  }
}
