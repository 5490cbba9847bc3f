import { exitCodes, UserError } from "../../../lib/errors";
import type { AnyLayer } from "../../../lib/layer/layer";
import { Interrupted } from "../run/interrupts";
import { recoverLine } from "../run/recover-line";
import type { Run } from "../run/run";

/** The error of a step after which objects may be in no state: the next apply would refuse to go on. */
export function needsRecovery(run: Run, layer: AnyLayer, error: unknown): unknown {
  const recover = recoverLine(run, layer);
  if (error instanceof Interrupted) return new Interrupted(layer.name, recover);
  if (!(error instanceof UserError) || error.exitCode === exitCodes.recoveryNeeded) return error;
  return new UserError(
    `${error.message}; what it was creating may be in no state`,
    `To find and import those objects, run: ${recover}`,
    exitCodes.recoveryNeeded,
  );
}
