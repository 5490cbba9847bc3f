import { exitCodes, UserError } from "../../../lib/errors";
import type { AnyLayer } from "../../../lib/layer/layer";
import { commandLine } from "../command-line/request";
import type { Run } from "../run/run";

/** Without questions, losing data needs to have been allowed by name. */
export function assertLossAllowed(run: Run, layer: AnyLayer): void {
  const { allowDataLoss, command, rehearse } = run.request;
  if (rehearse || allowDataLoss.includes(layer.name)) return;
  const next = commandLine(run.request, { allowDataLoss: [...allowDataLoss, layer.name] });
  throw new UserError(
    `Cannot ${command} "${layer.name}" without asking: objects that hold data or keys would be lost`,
    `If that is meant, run: ${next}`,
    exitCodes.preflightFailed,
  );
}

/** A run that has to ask needs somebody to answer. */
export function assertSomebodyThere(run: Run, layer: Pick<AnyLayer, "name">): void {
  if (run.world.terminal.interactive) return;
  const { command } = run.request;
  throw new UserError(
    `Cannot ${command} "${layer.name}": there are changes, and no terminal to ask at; nothing was changed`,
    `Look at the plan, then run: ${commandLine(run.request, { yes: true })}`,
    exitCodes.preflightFailed,
  );
}
