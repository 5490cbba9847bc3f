import { exitCodes } from "../../lib/errors";
import type { AnyLayer } from "../../lib/layer/layer";
import { readArguments } from "./command-line/parse";
import { commands } from "./commands/index";
import { findEnvironment } from "./environment-file";
import { withRun } from "./start";
import type { World } from "./world/index";

/** Does what the arguments ask for; returns the exit code, throws `UserError` for what the operator can correct. */
export async function provision(
  loadLayers: () => Promise<readonly AnyLayer[]>,
  args: readonly string[],
  world: World,
): Promise<number> {
  const reading = readArguments(commands, args);
  if ("text" in reading) {
    world.terminal.print(reading.text);
    return exitCodes.done;
  }
  const { command, request } = reading;
  const found = findEnvironment(world, await loadLayers(), request.env);
  return withRun(world, { command, request, found }, async (run) => (await command.load()).handle(run));
}
