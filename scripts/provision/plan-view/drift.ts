import type { PlannedChange, PlanReading } from "../run/plan";
import { attributeLines, type Width } from "./attribute-lines";
import { printable } from "../screen/printable";

/** What was changed outside Terraform, and changes in this plan. */
export function driftOf({ drift }: PlanReading, changes: readonly PlannedChange[]): readonly PlannedChange[] {
  const addresses = new Set(changes.map(({ address }) => address));
  return drift.filter(({ address }) => addresses.has(address));
}

/** How what a change is about was changed outside Terraform, for the lines below its headline. */
export function driftNotes(plan: PlanReading, change: PlannedChange, width: Width): readonly string[] {
  return driftOf(plan, [change]).flatMap(({ action, attributes }) => {
    if (action === "delete") return ["! deleted outside Terraform"];
    const start = "! changed outside Terraform:";
    const narrow = { ...width, columns: width.columns - start.length - 1 };
    const lines = attributes.flatMap((one) => attributeLines(one, narrow));
    const [first = "", ...others] = lines;
    if (others.length === 0) return [`${start} ${first.replace(/^[-+~] /, "")}`.trimEnd()];
    return [start, ...lines.map((line) => `    ${line}`)];
  });
}

/** What was changed outside Terraform; without a width, only that it was. */
export function driftText(plan: PlanReading, drifted: PlannedChange, width?: Width): readonly string[] {
  const { address, action, attributes } = drifted;
  const line = printable(`! ${address} ${verdict(plan, drifted)}`);
  // Of what is gone, nothing is left to compare.
  if (action === "delete" || width === undefined) return [line];
  return [line, ...attributes.flatMap((one) => attributeLines(one, width)).map((text) => `    ${text}`)];
}

/** Providers and other objects fill in values, so that a difference which the plan leaves alone is nobody's doing. */
function verdict({ changes }: PlanReading, { address, action }: PlannedChange): string {
  if (action === "delete") return "was deleted outside Terraform";
  const changing = changes.some((change) => change.address === address);
  return changing ? "was changed outside Terraform" : "has values that Terraform did not set";
}
