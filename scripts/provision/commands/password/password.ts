import { z } from "zod";
import { exitCodes, UserError } from "../../../../lib/errors";
import { awsCall } from "../../../../lib/layer/aws-call";
import type { AnyLayer } from "../../../../lib/layer/layer";
import type { Login } from "../../../../lib/layer/login";
import { callAws } from "../../aws/client";
import { awsFailure } from "../../aws/failure";
import { jsonOrUndefined } from "../../run/json";
import type { Run } from "../../run/run";
import { storedOutputs } from "../../runner/stored-outputs";
import { appliedLayer, declaring } from "../../terraform/applied-layer";
import type { PasswordRun } from "./index";

const secret = z.object({ password: z.string().min(1) });

/** Prints a password where a program reads it, and whose it is where only a person does. It passes through no event and no file. */
export async function handle(run: PasswordRun): Promise<number> {
  const { program } = run.request;
  const logins = await loginsOf(run);
  const login = logins.find((known) => known.program === program);
  if (login === undefined) throw notInstalled(run, logins);
  const password = await read(run, login);
  run.screen.printError(`User ${login.user} at ${login.url}`);
  run.screen.verbatim(password);
  return exitCodes.done;
}

async function loginsOf(run: Run): Promise<readonly Login[]> {
  const found: Login[] = [];
  for (const layer of declaring(run, run.layers, "logins"))
    found.push(...((await layer.logins?.(await appliedLayer(run, layer, outputsIn))) ?? []));
  return found;
}

async function outputsIn(run: Run, layer: AnyLayer): Promise<Readonly<Record<string, unknown>>> {
  const stored = await storedOutputs(run, layer);
  if ("outputs" in stored) return stored.outputs;
  throw awsFailure(run, `read the state of "${layer.name}"`, stored.fault);
}

/** Nothing of the secret is repeated when it is not what was expected. */
async function read(run: Run, { program, secretArn, repair }: Login): Promise<string> {
  const call = awsCall("secrets-manager", "GetSecretValue", { SecretId: secretArn });
  const { SecretString = "" } = await callAws(run, `read the secret "${secretArn}"`, call);
  const parsed = secret.safeParse(jsonOrUndefined(SecretString));
  if (parsed.success) return parsed.data.password;
  throw new UserError(
    `Cannot print the password of "${program}": the secret "${secretArn}" is not JSON with the key password`,
    repair,
  );
}

function notInstalled({ request, file }: PasswordRun, logins: readonly Login[]): UserError {
  return new UserError(
    `Cannot print the password of "${request.program}": ${file} does not install it`,
    `Choose one that it installs: ${logins.map(({ program }) => program).join(", ")}`,
    exitCodes.preflightFailed,
  );
}
