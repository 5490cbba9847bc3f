import { type Change, countChanges, type PlanReading } from "../run/plan";
import type { Ink } from "../screen/screen";
import { contentsOf, losses } from "../terraform/stateful";

const signs: Readonly<Record<string, string>> = {
  create: "+",
  update: "~",
  replace: "±",
  delete: "-",
  import: "<",
  move: ">",
  remove: ".",
};
/** Maximum number of listed creations; the log contains all. */
const listedCreations = 8;

/** Human-readable summary of a plan: data loss first, then other changes, then creations. */
export function planSummary(ink: Ink, plan: PlanReading): readonly string[] {
  const lost = losses(plan.changes);
  const rest = plan.changes.filter((change) => !lost.includes(change));
  const created = rest.filter(({ action }) => action === "create");
  const others = rest.filter(({ action }) => action !== "create");
  const hidden = created.slice(listedCreations).length;
  return [
    ...driftLines(ink, plan.drift),
    ...lost.map((change) =>
      ink.red(`  ${describe(change)}: its ${contentsOf(change.type) ?? "data"} will be lost`),
    ),
    ...others.map((change) => paint(ink, change)),
    ...created.slice(0, listedCreations).map((change) => paint(ink, change)),
    ...(hidden > 0 ? [ink.green(`  + and ${hidden} more`)] : []),
    `  ${ink.bold(totals(plan))}`,
  ];
}

/** `12 to add, 1 to change, 0 to destroy`. */
export function totals(plan: PlanReading): string {
  if (!plan.pending) return "no changes";
  const { added, changed, destroyed } = countChanges(plan.changes);
  const rest = plan.changes.length - added - changed - destroyed;
  if (plan.changes.length === 0) return "only outputs change";
  const numbers = `${added} to add, ${changed} to change, ${destroyed} to destroy`;
  return rest > 0 ? `${numbers}, ${rest} to import, move or remove from the state` : numbers;
}

function driftLines(ink: Ink, drift: readonly Change[]): readonly string[] {
  return drift.map(({ address, action }) =>
    ink.yellow(`  ! ${address} was ${action === "delete" ? "deleted" : "changed"} outside Terraform`),
  );
}

function paint(ink: Ink, change: Change): string {
  const colours: Readonly<Record<string, (text: string) => string>> = {
    create: ink.green,
    delete: ink.red,
    replace: ink.red,
  };
  return (colours[change.action] ?? ink.yellow)(`  ${describe(change)}`);
}

function describe({ address, action }: Change): string {
  return `${signs[action] ?? "?"} ${address}${action === "replace" ? " (replaced)" : ""}`;
}
