import { exitCodes } from "../../lib/errors";
import type { AnyLayer } from "../../lib/layer/layer";
import { applyAll } from "./commands/apply/apply";
import { readArguments } from "./command-line/parse";
import { printCapacity } from "./commands/capacity/capacity";
import { closingCard } from "./commands/apply/closing-card";
import { createDatabases } from "./commands/databases/databases";
import { destroyAll } from "./commands/destroy/destroy";
import { findEnvironment } from "./environment-file";
import { exportLayers } from "./commands/export";
import { printOutputs } from "./commands/outputs";
import { planAll } from "./commands/plan/plan";
import { rehearseFullCycle } from "./commands/rehearse";
import { restore } from "./commands/restore/restore";
import type { Run } from "./run/run";
import { withRun } from "./start";
import { surveyAccount } from "./aws/survey";
import { tunnel } from "./commands/tunnel/tunnel";
import type { RunningRehearsal, World } from "./world/index";

/** Does what the command line asks for; returns the exit code, throws `UserError` for what the operator can mend. */
export async function provision(
  layers: readonly AnyLayer[],
  words: readonly string[],
  world: World,
): Promise<number> {
  const reading = readArguments(words);
  if ("text" in reading) {
    world.terminal.print(reading.text);
    return exitCodes.done;
  }
  const { request } = reading;
  const found = findEnvironment(world, layers, request.env);
  return withRun(world, { request, found }, act);
}

async function act(run: Run, rehearsal: RunningRehearsal | undefined): Promise<number> {
  const { command, detailedExitcode, out, fullCycle } = run.request;
  await surveyAccount(run);
  if (fullCycle && rehearsal) await rehearseFullCycle(run, rehearsal);
  else if (command === "apply") {
    await applyAll(run);
    run.screen.print(closingCard(run));
  } else if (command === "destroy") await destroyAll(run);
  else if (command === "outputs") await printOutputs(run);
  else if (command === "export") exportLayers(run, out ?? ".");
  else if (command === "iam") run.world.product.policyCommands().printDeployerRights(run);
  else if (command === "policy") return run.world.product.policyCommands().judgeLayers(run);
  else if (command === "capacity") return printCapacity(run);
  else if (command === "restore") await restore(run);
  else if (command === "tunnel") await tunnel(run);
  else if (command === "databases") await createDatabases(run);
  else {
    const rows = await planAll(run);
    const pending = rows.some(({ kind }) => kind !== "unchanged");
    if (detailedExitcode && pending) return exitCodes.changesPending;
  }
  return exitCodes.done;
}
