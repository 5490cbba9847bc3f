import type { Hook } from "../../../lib/environment/hooks";
import { UserError } from "../../../lib/errors";
import { Interrupted } from "../run/interrupts";
import type { Run } from "../run/run";
import type { Finished } from "../world/index";
import { hooksAt, titleOf } from "./hook-points";
import { hookEnvironment } from "./hook-environment";
import { hookTruth } from "./hook-truth";
import { hooksLog } from "./layer-logs";
import { maskSecrets } from "../run/secrets";

/** A point of a run that hooks are for. */
export interface HookPoint {
  /** Undefined: all layers of the run. */
  readonly layer: string | undefined;
  /** The command line that goes on here. */
  readonly retry: string;
  /** How it came out; asked when it is over. */
  readonly outcome: (error?: unknown) => string;
}

/** Ends a run because a command of the operator's own failed. */
export class HookFailure extends UserError {}

/** Runs the hooks of one point around `act`. After a failure only those that ask for it run, and the failure stays. */
export async function withHooks<Result>(
  run: Run,
  point: HookPoint,
  act: () => Promise<Result>,
): Promise<Result> {
  for (const hook of hooksAt(run, point.layer, "before")) await runHook(run, hook, { point, outcome: "" });
  if (run.interrupts.draining) throw interrupted(run, point);
  const after = hooksAt(run, point.layer, "after");
  let result: Result;
  try {
    result = await act();
  } catch (error) {
    const outcome = point.outcome(error);
    for (const hook of after.filter((each) => each.when === "after" && each.runOnError))
      await runHook(run, { ...hook, onFailure: "continue" }, { point, outcome });
    throw error;
  }
  for (const hook of after) await runHook(run, hook, { point, outcome: point.outcome() });
  return result;
}

async function runHook(
  run: Run,
  hook: Hook,
  { point, outcome }: { readonly point: HookPoint; readonly outcome: string },
): Promise<void> {
  const { events, interrupts, folders } = run;
  if (hook.when === "before" && interrupts.draining) throw interrupted(run, point);
  const title = titleOf(hook);
  const ended = await execute(run, hook, outcome);
  if (ended.exitCode === 0) return;
  // What was interrupted on purpose has not failed.
  if (interrupts.forwarded) throw interrupted(run, point);
  const fault = `the hook "${title}" ${hookTruth(hook, ended)} (log: ${hooksLog(folders.logs)})`;
  if (hook.onFailure === "stop")
    throw new HookFailure(
      `Cannot ${run.request.command} ${point.layer === undefined ? "all layers" : `"${point.layer}"`}: ${fault}`,
      `Correct the command, or hooks[${run.loaded.hooks.indexOf(hook)}] in ${run.file}, and run: ${point.retry}`,
    );
  events.note(`The run goes on, although ${fault}`, "warning");
}

/** Runs the command, and publishes its output and its end, also when it cannot be started. */
async function execute(run: Run, hook: Hook, outcome: string): Promise<Finished> {
  const { world, events } = run;
  const title = titleOf(hook);
  const masked = maskSecrets(run);
  const print = (line: string) => {
    events.publish({ type: "hook printed", hook: title, text: masked(line) });
  };
  const [program = "", ...given] = hook.command;
  events.publish({ type: "hook began", hook: title, command: hook.command.map(masked) });
  let ended: Finished = { exitCode: 126, stdout: "", stderr: "", seconds: 0 };
  try {
    ended = await world.processes.run({
      ...{ program, arguments: given, folder: run.configFolder, timeoutSeconds: hook.timeoutSeconds },
      environment: hookEnvironment(run, hook, outcome),
      ...{ onLine: print, onErrorLine: print, interrupts: "group" },
    });
  } catch (error) {
    // Of the operating system, such as a full disk; anything else is a bug.
    if (!(error instanceof Error && "code" in error)) throw error;
    print(error.message);
  } finally {
    events.publish({ type: "hook ended", hook: title, exitCode: ended.exitCode, seconds: ended.seconds });
  }
  return ended;
}

function interrupted({ loaded }: Run, { layer, retry }: HookPoint): Interrupted {
  return new Interrupted(layer ?? loaded.environment.name, retry);
}
