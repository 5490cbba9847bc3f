import { exitCodes, UserError } from "../../lib/errors";
import type { AnyLayer } from "../../lib/layer/layer";
import { readArguments } from "./command-line/parse";
import { commands } from "./commands/index";
import { isFileless } from "./run/fileless-command";
import { Screen } from "./screen/screen";
import type { World } from "./world/index";

/** Does what the arguments ask for; returns the exit code, throws `UserError` for what the operator can correct. */
export async function provision(
  loadLayers: () => Promise<readonly AnyLayer[]>,
  args: readonly string[],
  world: World,
): Promise<number> {
  const screen = new Screen(world);
  // Whoever calls it from a program without arguments has lost them, and is told so.
  const asked = args.length === 0 && world.terminal.interactive ? ["environments"] : args;
  const reading = readArguments(commands, asked, screen.columns);
  if ("text" in reading) {
    screen.print(reading.text);
    return exitCodes.done;
  }
  const { command, request } = reading;
  if (isFileless(command)) {
    const handler = await command.load();
    return handler.handle({ world, request, screen, loadLayers });
  }
  // Loaded when they are needed: --help is printed without either, and a wrong environment file reported without a run.
  const { findEnvironment } = await import("./run/environment-file.ts");
  const invalidLayers = command.uses.invalidLayers === true;
  const find = async () => findEnvironment(world, await loadLayers(), { ...request, invalidLayers });
  const optional = command.uses.environment === "optional";
  const found = optional ? await (request.env === "" ? undefined : find().catch(userError)) : await find();
  const module = await command.load();
  if (found === undefined || found instanceof UserError) {
    const invocation = { world, request, screen, loadLayers };
    return module.handleWithout?.(invocation, found) ?? exitCodes.failed;
  }
  const { startRun } = await import("./start.ts");
  module.check?.({ request, ...found });
  return startRun(world, { command, request, found }, (run) => module.handle(run));
}

function userError(error: unknown): UserError {
  if (error instanceof UserError) return error;
  throw error;
}
