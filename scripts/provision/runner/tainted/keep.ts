import { exitCodes, UserError } from "../../../../lib/errors";
import { commandLine } from "../../command-line/request";
import { counted } from "../../run/counted";
import type { PlanReading } from "../../run/plan";
import { retryLine, type Run } from "../../run/run";
import { isStateful } from "../../terraform/stateful";
import { askConsent } from "../consent";
import { withKeepingPlan } from "../keeping-plan";
import { type Of, type Tainted, taintedObjects } from "./find";
import { lineOf } from "./text";
import { awaitBusy } from "./wait";

/**
 * Creates a plan of a layer, see `withKeepingPlan`. Where it would replace tainted objects that AWS calls healthy, the operator
 * is asked first whether to keep them; then they are untainted, and the plan is created again.
 */
export async function withHealthyKept<Result>(
  run: Run,
  of: Of,
  use: (plan: PlanReading) => Promise<Result>,
): Promise<Result> {
  const first = await withKeepingPlan(run, of, async (plan) => {
    const kept = await agreeToKeep(run, of, plan);
    return kept.length === 0 ? { result: await use(plan) } : { kept };
  });
  if ("result" in first) return first.result;
  const { kept } = first;
  for (const { address } of kept) await of.terraform.run(["untaint", "-no-color", address]);
  run.events.note(`Kept, and no longer tainted: ${kept.map(({ address }) => address).join(", ")}`);
  return withKeepingPlan(run, of, (plan) => {
    assertNotReplaced(run, of, { plan, kept });
    return use(plan);
  });
}

/** Tells whoever reads a plan what `apply` would ask. */
export async function tellTainted(run: Run, of: Of, plan: PlanReading): Promise<void> {
  const tainted = await taintedObjects(run, of, plan);
  if (tainted.length === 0) return;
  show(run, tainted);
  const kept = tainted.filter(({ condition }) => condition.kind === "healthy" || condition.kind === "busy");
  if (kept.length === 0) return;
  const asks = run.request.rehearse ? "keeps" : "asks whether to keep";
  const saved = run.request.save === undefined ? "" : "; the saved plan replaces them";
  run.events.note(`apply ${asks} those that are healthy by then, instead of replacing them${saved}`);
}

/** Returns what is to be untainted; throws unless the operator decided. */
async function agreeToKeep(run: Run, of: Of, plan: PlanReading): Promise<readonly Tainted[]> {
  if (run.request.tainted === "replace") return [];
  const tainted = await awaitBusy(run, of.layer, await taintedObjects(run, of, plan));
  if (tainted.length === 0) return [];
  show(run, tainted);
  const healthy = tainted.filter(({ condition }) => condition.kind === "healthy");
  if (healthy.length > 0) await agree(run, of, healthy);
  return healthy;
}

function show({ events, request }: Run, tainted: readonly Tainted[]): void {
  const who = request.rehearse ? "the simulated account" : "AWS";
  events.note(`Tainted, because Terraform did not see its creation end; ${who} says now:`, "warning");
  for (const object of tainted) events.note(`  ${lineOf(object)}`, "warning");
}

async function agree(run: Run, of: Of, healthy: readonly Tainted[]): Promise<void> {
  const { yes, rehearse, tainted } = run.request;
  if (rehearse || tainted === "keep") return;
  if (yes) {
    assertDecided(run, of, healthy);
    return;
  }
  const one = healthy.length === 1;
  await askConsent(run, {
    verb: run.request.command,
    subject: of.layer.name,
    question: one
      ? "Keep the one that is healthy, instead of replacing it?"
      : `Keep the ${healthy.length} that are healthy, instead of replacing them?`,
    review: "what is tainted",
    next: retryLine(run, of.layer, { tainted: "replace" }),
  });
}

/** With --yes, what holds no data is kept: that changes nothing in AWS, and loses nothing. */
function assertDecided(run: Run, { layer }: Of, healthy: readonly Tainted[]): void {
  const data = healthy.filter(({ type }) => isStateful(type)).map(({ address }) => address);
  if (data.length === 0) return;
  const allowDataLoss = [...new Set([...run.request.allowDataLoss, layer.name])];
  throw new UserError(
    `Cannot apply "${layer.name}" without approval: ${data.join(", ")}, with data, would be replaced because tainted, though AWS calls ${data.length === 1 ? "it" : "them"} healthy`,
    `To keep what is healthy, run: ${retryLine(run, layer, { tainted: "keep" })}; to replace it, run: ${retryLine(run, layer, { tainted: "replace", allowDataLoss })}`,
    exitCodes.preflightFailed,
  );
}

/** Something else than the taint may replace it, too; that is not what was agreed. */
function assertNotReplaced(
  run: Run,
  { layer }: Of,
  { plan, kept }: { readonly plan: PlanReading; readonly kept: readonly Tainted[] },
): void {
  const ended = plan.changes.filter(
    ({ address, action }) =>
      (action === "replace" || action === "delete") && kept.some((object) => object.address === address),
  );
  if (ended.length === 0) return;
  throw new UserError(
    `Cannot apply "${layer.name}": ${counted(ended.length, "object")} that ${ended.length === 1 ? "was" : "were"} to be kept would still be replaced, because of what changes: ${ended.map(({ address }) => address).join(", ")}; nothing was changed but the taint`,
    `Review why: ${commandLine(run.request, { command: "plan", only: [layer.name], from: undefined, until: undefined })}; to apply it all the same, run: ${retryLine(run, layer)}`,
    exitCodes.preflightFailed,
  );
}
