import { exitCodes } from "../../lib/errors";
import type { AnyLayer } from "../../lib/layer";
import { applyAll } from "./apply";
import { readArguments } from "./arguments";
import { printCapacity } from "./capacity";
import { closingCard } from "./card";
import { makeDatabases } from "./databases";
import { destroyAll } from "./destroy";
import { findEnvironment } from "./environment-file";
import { exportLayers } from "./export";
import { printOutputs } from "./outputs";
import { planAll } from "./plan";
import { rehearseWholeLife } from "./rehearse";
import { restore } from "./restore";
import type { Run } from "./run";
import { withRun } from "./session";
import { surveyAccount } from "./survey";
import { tunnel } from "./tunnel";
import type { RunningRehearsal, World } from "./world";

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
  const { command, detailedExitcode, out, wholeLife } = run.request;
  await surveyAccount(run);
  if (wholeLife && rehearsal) await rehearseWholeLife(run, rehearsal);
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
  else if (command === "databases") await makeDatabases(run);
  else {
    const rows = await planAll(run);
    const pending = rows.some(({ kind }) => kind !== "unchanged");
    if (detailedExitcode && pending) return exitCodes.changesPending;
  }
  return exitCodes.done;
}
