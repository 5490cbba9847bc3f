import { exitCodes, UserError } from "../../../lib/errors";
import type { AnyLayer } from "../../../lib/layer/layer";
import { commandLine } from "../command-line/request";
import type { PlanReading } from "../run/plan";
import { retryLine, type Run } from "../run/run";
import { losses } from "../terraform/stateful";
import { askConsent } from "./consent";

/** Asks for approval before a plan is applied, and again if data would be lost. Throws unless confirmed. */
export async function agreeToApply(run: Run, layer: AnyLayer, plan: PlanReading): Promise<void> {
  const lost = losses(plan.changes).length;
  if (run.request.yes) {
    if (lost > 0) assertLossAllowed(run, layer);
    return;
  }
  const what = plan.changes.length === 1 ? "this change" : `these ${plan.changes.length} changes`;
  const changes = plan.changes.length === 0 ? "the changed outputs" : what;
  await askConsent(run, {
    verb: "apply",
    subject: layer.name,
    question: `Apply ${changes} to ${layer.name}? yes/no`,
    expected: "yes",
    next: retryLine(run, layer),
  });
  if (lost > 0) await agreeToLoss(run, layer, lost);
}

/** Asks for the layer's name as confirmation of data loss. Throws unless it is entered. */
export async function agreeToLoss(run: Run, layer: AnyLayer, objects: number): Promise<void> {
  const subject = objects === 1 ? "1 object" : `${objects} objects`;
  await askConsent(run, {
    verb: run.request.command,
    subject: layer.name,
    question: `Data in ${subject} will be lost (in red above). Enter ${layer.name} to confirm:`,
    danger: true,
    expected: layer.name,
    next: retryLine(run, layer),
  });
}

/** With --yes, the loss of objects that contain data, or are protected, must be allowed per layer. */
export function assertLossAllowed(run: Run, layer: AnyLayer, which = "contain data or keys"): void {
  const { allowDataLoss, command, rehearse } = run.request;
  if (rehearse || allowDataLoss.includes(layer.name)) return;
  const next = commandLine(run.request, { allowDataLoss: [...allowDataLoss, layer.name] });
  throw new UserError(
    `Cannot ${command} "${layer.name}" without approval: objects that ${which} would be lost`,
    `If that is intended, run: ${next}`,
    exitCodes.preflightFailed,
  );
}
