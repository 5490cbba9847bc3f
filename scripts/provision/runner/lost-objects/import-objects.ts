import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { commandLine } from "../../command-line/request";
import { counted } from "../../run/counted";
import type { PlanReading } from "../../run/plan";
import type { Run } from "../../run/run";
import { applyPlan } from "../../terraform/plan-file";
import { publishPlan } from "../publish-plan";
import type { FoundObject } from "./find-objects";
import { withImportsOnly } from "./importing-plan";
import type { Place } from "./search";

interface Imports {
  readonly objects: readonly FoundObject[];
  readonly agree: (created: string) => Promise<void>;
  /** Whether what the plan creates for them may exist already. */
  readonly mayExist?: (change: PlanReading["changes"][number]) => boolean;
}

/**
 * One plan, and one apply of it, which imports these objects and ends none; `agree` throws unless the operator agrees, and gets what
 * else would be created, as in `, and create 2 objects that they need`.
 */
export async function importObjects(
  run: Run,
  { layer, terraform }: Place,
  { objects, agree, mayExist = () => false }: Imports,
): Promise<void> {
  const { files } = run.world;
  await withImportsOnly(terraform, { files, candidates: objects }, async (plan) => {
    assertImportsOnly(run, layer, { plan, objects });
    publishPlan(run, layer, plan);
    const created = plan.changes.filter(({ action }) => action === "create");
    assertNoneTwice(run, layer, created.filter(mayExist));
    await agree(
      created.length === 0 ? "" : `, and create ${counted(created.length, "object")} that they need`,
    );
    await applyPlan(terraform, plan);
  });
  run.screen.print(`\n${layer.name}: imported ${counted(objects.length, "object")}`);
}

/** What is imported is planned with all that it needs, of which the environment file may say something new. */
function assertImportsOnly(
  { request }: Run,
  { name }: AnyLayer,
  { plan, objects }: { readonly plan: PlanReading; readonly objects: readonly FoundObject[] },
): void {
  const addresses = new Set(objects.map(({ address }) => address));
  const isKept = ({ action, address }: PlanReading["changes"][number]) =>
    action === "create" || ((action === "import" || action === "update") && addresses.has(address));
  const imported = new Set(plan.changes.flatMap((one) => (one.importId === undefined ? [] : [one.address])));
  const left = objects.find(({ address }) => !imported.has(address));
  // Terraform would create it instead.
  if (left !== undefined) throw new Error(`${left.address} is in the state, and is not imported`);
  const others = plan.changes.filter((change) => !isKept(change));
  if (others.length === 0) return;
  throw new UserError(
    `Cannot import ${counted(objects.length, "object")} of "${name}": what they need is to change as well: ${others.map(({ action, address }) => `${action} ${address}`).join(", ")}`,
    `Put back what was changed in the environment file since "${name}" was applied, and run: ${commandLine(request)}`,
    exitCodes.recoveryNeeded,
  );
}

/** What is needed and not imported would be created beside what exists. */
function assertNoneTwice(
  { request }: Run,
  { name }: AnyLayer,
  twice: readonly PlanReading["changes"][number][],
): void {
  if (twice.length === 0) return;
  throw new UserError(
    `Cannot import the objects of "${name}": they need ${twice.map(({ address }) => address).join(", ")}, which would be created and may exist`,
    `Solve first what is shown of it above, then run: ${commandLine(request, { only: [name] })}`,
    exitCodes.recoveryNeeded,
  );
}
