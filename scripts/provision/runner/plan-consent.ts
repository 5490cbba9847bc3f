import { exitCodes, UserError } from "../../../lib/errors";
import type { AnyLayer } from "../../../lib/layer/layer";
import { commandLine } from "../command-line/request";
import type { Change, PlanReading } from "../run/plan";
import { retryLine, type Run } from "../run/run";
import { endsFoundations } from "../terraform/foundations";
import { losses } from "../terraform/stateful";
import { askConsent } from "./consent";
import { agreeToLoss } from "./loss-consent";
import { printPlan } from "./print-plan";

/** What `all` has no say in, because it ends something. */
const ending = ["delete", "remove", "replace"];
/** A plan, and what it ends without loss of data. */
interface Ending {
  readonly plan: PlanReading;
  readonly ended: readonly Change[];
}

/** Deletions that a question lists; the plan above it has all. */
const listed = 20;

/**
 * Asks for approval before a plan is applied; of what would be replaced, or lost with its data, also by name. Throws unless
 * confirmed.
 */
export async function agreeToApply(run: Run, layer: AnyLayer, plan: PlanReading): Promise<void> {
  const lost = losses(plan.changes);
  if (run.request.yes) {
    if (lost.length > 0) assertLossAllowed(run, [layer]);
    if (endsFoundations(plan.changes)) assertLossAllowed(run, [layer], "other layers run in");
    return;
  }
  const grave = plan.changes.filter((change) => change.action === "replace" || lost.includes(change));
  const ended = plan.changes.filter((change) => ending.includes(change.action) && !grave.includes(change));
  const others = plan.changes.filter(({ action }) => !ending.includes(action)).length;
  if (run.approvals.changesInPlace) {
    if (others > 0 || plan.changes.length === 0)
      run.events.note(`Approved with "all": ${changesText(others)}`, "quiet");
    if (ended.length > 0) await agreeToDeletions(run, layer, { plan, ended });
  } else if (grave.length < plan.changes.length || grave.length === 0) {
    await agreeToChanges(run, layer, { plan, ended });
  }
  if (grave.length > 0) await agreeToLoss(run, layer, { plan, changes: grave });
}

/** With the answer `all`, deletions are still asked about. */
async function agreeToChanges(run: Run, layer: AnyLayer, { plan, ended }: Ending): Promise<void> {
  const count = plan.changes.length;
  const what =
    count > 1 ? `these ${changesText(count)}` : count === 1 ? "this change" : "the changed outputs";
  const answer = await askConsent(run, {
    verb: "apply",
    subject: layer.name,
    question: `Apply ${what} to ${layer.name}?`,
    next: retryLine(run, layer),
    details: () => {
      printPlan(run, plan);
    },
    all: "agree, also to what later layers create or change in place",
  });
  if (answer !== "all") return;
  run.approvals.changesInPlace = true;
  if (ended.length > 0) await agreeToDeletions(run, layer, { plan, ended });
}

async function agreeToDeletions(run: Run, layer: AnyLayer, { plan, ended }: Ending): Promise<void> {
  run.screen.print('  "all" does not cover:');
  for (const { address, action } of ended.slice(0, listed))
    run.screen.print(`    ${address}: ${action === "remove" ? "removed from the state" : "deleted"}`);
  if (ended.length > listed) run.screen.print(`    and ${ended.length - listed} more`);
  const what = ended.length === 1 ? "this deletion" : `these ${ended.length} deletions`;
  await askConsent(run, {
    verb: "apply",
    subject: layer.name,
    question: `Apply ${what} to ${layer.name}?`,
    next: retryLine(run, layer),
    details: () => {
      printPlan(run, plan);
    },
  });
}

/** With --yes, the loss of objects that contain data, are protected, or that others need, must be allowed per layer. */
export function assertLossAllowed(
  run: Run,
  layers: readonly AnyLayer[],
  which = "contain data or keys",
): void {
  const { allowDataLoss, command, rehearse } = run.request;
  const missing = layers.map(({ name }) => name).filter((name) => !allowDataLoss.includes(name));
  if (rehearse || missing.length === 0) return;
  const next = commandLine(run.request, { allowDataLoss: [...allowDataLoss, ...missing] });
  throw new UserError(
    `Cannot ${command} ${missing.map((name) => `"${name}"`).join(", ")} without approval: objects that ${which} would be lost`,
    `If that is intended, run: ${next}`,
    exitCodes.preflightFailed,
  );
}

function changesText(count: number): string {
  if (count === 0) return "the changed outputs";
  return count === 1 ? "1 change" : `${count} changes`;
}
