import { z } from "zod";
import { exitCodes, UserError } from "../../../../lib/errors";
import { AwsCli } from "../../aws/cli-client";
import { type ApplicationDatabase, createDatabase } from "./users";
import { Interrupted } from "../../run/interrupts";
import { jsonOrUndefined } from "../../run/json";
import { arn, appliedOutputs } from "../../terraform/applied-outputs";
import { reaching } from "../../tunnel/reach";
import { commandLine } from "../../command-line/request";
import type { Run } from "../../run/run";
import type { Login } from "../../world/index";

const port = 5432;
const auroraFacts = z.object({
  endpoint: z.string(),
  masterUserSecretArn: arn,
  databaseSecretArns: z.record(z.string(), arn),
});
const masterSecret = z.object({ username: z.string(), password: z.string() });
const applicationSecret = z.object({ PGDATABASE: z.string(), PGUSER: z.string(), PGPASSWORD: z.string() });
const secretValue = z.object({ SecretString: z.string() });

/** Makes the database and the user of every application, with the password that Secrets Manager keeps; can be repeated. */
export async function handle(run: Run): Promise<number> {
  const { endpoint, masterUserSecretArn, databaseSecretArns } = await appliedOutputs(
    run,
    "aurora",
    auroraFacts,
  );
  const master = await readSecret(run, masterUserSecretArn, masterSecret);
  const server = { host: endpoint, port, speaks: { protocol: "postgresql" } } as const;
  await reaching(run, server, async ({ localPort }) => {
    const at = localPort === undefined ? { host: endpoint, port } : { host: "127.0.0.1", port: localPort };
    const login = { ...at, database: "postgres", user: master.username, password: master.password };
    for (const [name, secretArn] of Object.entries(databaseSecretArns)) {
      if (run.interrupts.draining) throw new Interrupted(name, commandLine(run.request));
      const secret = await readSecret(run, secretArn, applicationSecret);
      const wanted = { database: secret.PGDATABASE, user: secret.PGUSER, password: secret.PGPASSWORD };
      run.screen.print(`  ${wanted.database}: ${await bringUpToDate(run, login, wanted)}`);
    }
  });
  return exitCodes.done;
}

/** Proves by a login that the user reaches the database; makes what is missing first. */
async function bringUpToDate(run: Run, master: Login, wanted: ApplicationDatabase): Promise<string> {
  if (await logsIn(run, { ...master, ...wanted })) return `unchanged, user ${wanted.user}`;
  const working = run.screen.working(`making ${wanted.database}`);
  try {
    await run.world.postgresql.session(master, (session) => createDatabase(session, wanted));
    await run.world.postgresql.session({ ...master, ...wanted }, (session) => session.run("SELECT"));
  } catch (error) {
    throw refused(run, wanted.database, error);
  } finally {
    working.stop();
  }
  return `made, user ${wanted.user}`;
}

async function logsIn(run: Run, login: Login): Promise<boolean> {
  try {
    await run.world.postgresql.session(login, (session) => session.run("SELECT"));
    return true;
  } catch {
    // Whatever keeps it out, the master user will meet it too, and say so.
    return false;
  }
}

function refused(run: Run, database: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return new UserError(
    `Cannot make database "${database}": PostgreSQL says "${error.message}"`,
    `Mend what it complains about, then run: ${commandLine(run.request)}`,
  );
}

/** The JSON that an entry of Secrets Manager holds; nothing of it is repeated when it is not what was expected. */
async function readSecret<Shape extends z.ZodType>(
  run: Run,
  secretArn: string,
  shape: Shape,
): Promise<z.output<Shape>> {
  const words = ["secretsmanager", "get-secret-value", "--secret-id", secretArn];
  const { SecretString } = await new AwsCli(run).ask(`read the secret "${secretArn}"`, words, secretValue);
  const parsed = shape.safeParse(jsonOrUndefined(SecretString));
  if (parsed.success) return parsed.data;
  throw new UserError(
    `Cannot use the secret "${secretArn}": it is not the JSON that was put there`,
    `Raise layers.aurora.passwordVersion in ${run.request.env} and apply the layer aurora: that writes it anew`,
    exitCodes.preflightFailed,
  );
}
