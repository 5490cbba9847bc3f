import type { AnyLayer } from "../../../lib/layer/layer";
import { Interrupted } from "../run/interrupts";
import type { PlanReading } from "../terraform/plan-file";
import { retryLine, type Run } from "../run/run";
import { losses } from "../terraform/stateful";
import { assertLossAllowed, assertSomebodyThere } from "./unattended";
import { Declined } from "./walk";

/** Asks before a plan is applied; twice when it loses what cannot be made again. Throws unless agreed. */
export async function agreeToApply(run: Run, layer: AnyLayer, plan: PlanReading): Promise<void> {
  const lost = losses(plan.changes);
  if (run.request.yes) {
    if (lost.length > 0) assertLossAllowed(run, layer);
    return;
  }
  assertSomebodyThere(run, layer);
  const what = plan.changes.length === 1 ? "this change" : `these ${plan.changes.length} changes`;
  const subject = plan.changes.length === 0 ? "the changed outputs" : what;
  const answer = await ask(run, layer, `Apply ${subject} to ${layer.name}? yes/no`);
  if (answer.toLowerCase() !== "yes") throw new Declined("apply", layer.name, retryLine(run, layer));
  if (lost.length > 0) await agreeToLoss(run, layer, lost.length);
}

/** Asks for the layer's name before what it holds is lost. Throws unless it is typed. */
export async function agreeToLoss(run: Run, layer: AnyLayer, objects: number): Promise<void> {
  const subject = objects === 1 ? "What 1 object holds" : `What ${objects} objects hold`;
  const question = `${subject} will be lost (in red above). Type ${layer.name} to agree:`;
  if ((await ask(run, layer, run.screen.ink.red(question))) === layer.name) return;
  throw new Declined(run.request.command, layer.name, retryLine(run, layer));
}

async function ask(run: Run, layer: AnyLayer, question: string): Promise<string> {
  const answer = await run.screen.ask(question);
  if (answer === undefined || run.interrupts.draining)
    throw new Interrupted(layer.name, retryLine(run, layer));
  return answer;
}
