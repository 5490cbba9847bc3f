import type { PlannedChange, PlanReading } from "../run/plan";
import type { Ink } from "../screen/screen";
import type { Width } from "./attribute-lines";
import { headline } from "./change-text";
import { isReplacedWithAnother, valueLines } from "./change-values";
import { objectsByType, wrapped } from "./objects-by-type";
import { driftText, outputText } from "./plan-parts";
import { type Risk, riskOf } from "./risk";

/** Lines of a summary that belong together. */
export interface Entry {
  readonly lines: readonly string[];
  /** How many of them are shown whatever the length of the plan. */
  readonly always: number;
  readonly paint: (text: string) => string;
}

/** More deletions than these are listed by type. */
const mostDeletions = 5;
/** So many objects that change in the same way are shown once. */
const fewestAlike = 3;

/** A plan in the order of its summary: changes outside Terraform, then what is lost, replaced or deleted, then the rest. */
export function summaryEntries(ink: Ink, plan: PlanReading, width: Width): readonly Entry[] {
  const of = (...wanted: readonly Risk[]) => plan.changes.filter((change) => wanted.includes(riskOf(change)));
  const drift = plan.drift.map((change) => ({ lines: driftText(change), always: 0, paint: ink.yellow }));
  const replaced = of("replacement");
  const following = replaced.filter(isReplacedWithAnother);
  const deleted = of("deletion");
  const few = deleted.length <= mostDeletions ? deleted : [];
  const single = [...of("data loss"), ...replaced.filter((change) => !following.includes(change)), ...few];
  const all = (lines: readonly string[]): Entry => ({ lines, always: lines.length, paint: ink.red });
  return [
    ...drift,
    ...single.map((change) => ({ lines: changeLines(change, width), always: 1, paint: ink.red })),
    all(objectsByType(`-/+ ${following.length} to replace with what they belong to:`, following, width)),
    all(objectsByType(`- ${deleted.length} to delete:`, few.length > 0 ? [] : deleted, width)),
    ...alike(of("in place"), width).map((lines) => ({ lines, always: 0, paint: ink.yellow })),
    ...of("state only").map((change) => ({
      lines: changeLines(change, width),
      always: 0,
      paint: ink.yellow,
    })),
    ...outputEntries(ink, plan, width),
  ];
}

function changeLines(change: PlannedChange, width: Width): readonly string[] {
  return [headline(change), ...valueLines(change, width).map((line) => `    ${line}`)];
}

/** Objects that change in the same way, such as by a tag of all, together; the others one by one. */
function alike(changes: readonly PlannedChange[], width: Width): readonly (readonly string[])[] {
  const groups = new Map<string, PlannedChange[]>();
  for (const change of changes) {
    const values = valueLines(change, width).join("\n");
    groups.set(values, [...(groups.get(values) ?? []), change]);
  }
  return [...groups].flatMap(([values, group]) => {
    if (values === "" || group.length < fewestAlike) return group.map((change) => changeLines(change, width));
    const names = wrapped(
      "    ",
      group.map(({ address }) => address),
      width.columns,
    );
    return [
      [`~ ${group.length} objects, each:`, ...values.split("\n").map((line) => `    ${line}`), ...names],
    ];
  });
}

/** New outputs, and those of new objects, say nothing beyond the objects. */
function outputEntries(ink: Ink, { outputs, changes }: PlanReading, width: Width): readonly Entry[] {
  const telling = outputs.filter(
    ({ action, attributes }) =>
      changes.length === 0 ||
      (action !== "create" && attributes.some(({ after }) => after.kind !== "unknown")),
  );
  return telling.map((output) => ({ lines: outputText(output, width), always: 0, paint: ink.yellow }));
}
