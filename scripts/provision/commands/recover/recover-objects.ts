import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { table } from "../../../../lib/table";
import { layerTags, taggedResources } from "../../aws/tagged-resources";
import { commandLine } from "../../command-line/request";
import { counted } from "../../run/counted";
import { forgetCreations, recordedCreations } from "../../run/creations";
import type { PlanReading } from "../../run/plan";
import { startOver } from "../../run/start-over";
import { askConsent } from "../../runner/consent";
import { publishPlan } from "../../runner/publish-plan";
import { applyPlan } from "../../terraform/plan-file";
import type { Terraform } from "../../terraform/terraform";
import { type FoundObject, findObjects } from "./find-objects";
import type { RecoverRun } from "./index";
import { withImportsOnly } from "./importing-plan";
import { type Decision, sortOut } from "./sort-out";

/** A layer, whose folder is initialised. */
interface Place {
  readonly layer: AnyLayer;
  readonly terraform: Terraform;
}

/** Finds what an apply that was cut off has created, and that no state has, and imports it with consent. */
export async function recoverObjects(run: RecoverRun, { layer, terraform }: Place): Promise<void> {
  const { world, loaded, folders } = run;
  const recorded = recordedCreations(world.files, folders, layer.name);
  const decisions = await run.events.step(`looking for objects of ${layer.name}`, async () => {
    const tagged = await taggedResources(run, layer);
    const sources = { recorded, tagged, account: loaded.environment };
    const found = await findObjects(terraform, world.files, sources);
    return sortOut(found, { recorded, tags: layerTags(loaded.environment, layer) });
  });
  const importable = decisions.flatMap(({ object, reason }) => (reason === undefined ? [object] : []));
  if (decisions.length === 0)
    run.screen.print(`\n${layer.name}: nothing exists that its plan would create once more`);
  else showFound(run, layer, decisions);
  if (importable.length > 0) await importObjects(run, { layer, terraform }, importable);
  const left = decisions.filter(({ reason }) => reason !== undefined);
  if (left.length > 0) throw notImported(run, { layer, terraform }, left);
  forgetCreations(world.files, folders, layer.name);
}

const ways: Readonly<Record<FoundObject["by"], string>> = {
  record: "created by an earlier run",
  tags: "has its tags",
  name: "has its name",
};

/** What exists, beside what the plan wants. */
function showFound(run: RecoverRun, layer: AnyLayer, decisions: readonly Decision[]): void {
  const rows = decisions.map(({ object, reason }) => {
    const effect = object.actions.includes("update") ? "import, then change in place" : "import";
    return [
      object.address,
      object.id,
      ways[object.by],
      reason === undefined ? effect : `not imported: ${reason}`,
    ];
  });
  const head = ["the plan would create", "what exists", "how it was found", "effect"];
  const drawn = table({ head, rows, ruled: false, bold: run.screen.ink.bold, width: run.screen.columns });
  run.screen.print(`\n${layer.name}: ${counted(decisions.length, "object")} in no state\n${drawn}`);
}

/** One plan, and one apply of it, which imports these objects and ends none. */
async function importObjects(
  run: RecoverRun,
  { layer, terraform }: Place,
  objects: readonly FoundObject[],
): Promise<void> {
  const { files } = run.world;
  await withImportsOnly(terraform, { files, candidates: objects }, async (plan) => {
    assertImportsOnly(plan, objects);
    publishPlan(run, layer, plan);
    await agree(run, layer, { plan, objects });
    await applyPlan(terraform, plan);
  });
  run.screen.print(`\n${layer.name}: imported ${counted(objects.length, "object")}`);
}

function assertImportsOnly({ changes }: PlanReading, objects: readonly FoundObject[]): void {
  const isKept = ({ action, address }: PlanReading["changes"][number]) =>
    action === "create" || ((action === "import" || action === "update") && addresses.has(address));
  const addresses = new Set(objects.map(({ address }) => address));
  const other = changes.find((change) => !isKept(change));
  if (other !== undefined) throw new Error(`Importing would ${other.action} ${other.address}`);
}

async function agree(
  run: RecoverRun,
  layer: AnyLayer,
  { plan, objects }: { readonly plan: PlanReading; readonly objects: readonly FoundObject[] },
): Promise<void> {
  if (run.request.yes) return;
  const created = plan.changes.filter(({ action }) => action === "create").length;
  const needed = created === 0 ? "" : `, and create ${counted(created, "object")} that they need`;
  await askConsent(run, {
    ...{ verb: "recover", subject: layer.name, review: "what was found" },
    question: `Import ${counted(objects.length, "object")} into the state of ${layer.name}${needed}?`,
    next: commandLine(run.request),
  });
}

function notImported(run: RecoverRun, { layer, terraform }: Place, left: readonly Decision[]): UserError {
  const again = commandLine(run.request, { only: [layer.name] });
  const over = startOver(run);
  const byHand = `terraform -chdir=${terraform.folder} import <address> <ID>`;
  return new UserError(
    `Cannot import ${counted(left.length, "object")} of "${layer.name}": ${reasons(left)}`,
    over === undefined
      ? `Delete what is not needed, or rename it; to import one by hand, run: ${byHand}; then run: ${again}`
      : `Run: ${over}`,
    exitCodes.recoveryNeeded,
  );
}

function reasons(left: readonly Decision[]): string {
  return left.map(({ object, reason = "" }) => `${object.address} (${object.id}): ${reason}`).join("; ");
}
