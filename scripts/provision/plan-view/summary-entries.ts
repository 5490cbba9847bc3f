import type { PlannedChange, PlanReading } from "../run/plan";
import type { Ink } from "../screen/screen";
import type { Width } from "./attribute-lines";
import { headline } from "./change-text";
import { isReplacedWithAnother, valueLines } from "./change-values";
import { objectsByType, wrapped } from "./objects-by-type";
import { driftNotes, driftOf, driftText } from "./drift";
import { outputText } from "./plan-parts";
import { type Risk, riskOf } from "./risk";

/** Lines of a summary that belong together. */
export interface Entry {
  readonly lines: readonly string[];
  /** How many of them are shown whatever the length of the plan. */
  readonly always: number;
  /** The first of them is shown before further lines of others, as long as there is room. */
  readonly preferred?: true;
  readonly paint: (text: string) => string;
}

/** More deletions than these are listed by type. */
const mostDeletions = 5;
/** Most lines for what of one object was changed outside Terraform. */
const mostNotes = 4;
/** So many objects that change in the same way are shown once. */
const fewestAlike = 3;

/** A plan in the order of its summary: what is lost, replaced or deleted, then the rest, each with what was changed outside Terraform. */
export function summaryEntries(ink: Ink, plan: PlanReading, width: Width): readonly Entry[] {
  const of = (...wanted: readonly Risk[]) => plan.changes.filter((change) => wanted.includes(riskOf(change)));
  const replaced = of("replacement");
  const following = replaced.filter(isReplacedWithAnother);
  const deleted = of("deletion");
  const few = deleted.length <= mostDeletions ? deleted : [];
  const single = [...of("data loss"), ...replaced.filter((change) => !following.includes(change)), ...few];
  const changing = of("in place");
  const state = of("state only");
  const apart = [...single, ...changing, ...state];
  const grouped = plan.changes.filter((change) => !apart.includes(change));
  const below = (change: PlannedChange) => linesBelow(plan, change, width);
  const all = (lines: readonly string[]): Entry => ({ lines, always: lines.length, paint: ink.red });
  return [
    ...single.map((change) => ({ lines: [headline(change), ...below(change)], always: 1, paint: ink.red })),
    all(objectsByType(`-/+ ${following.length} to replace with what they belong to:`, following, width)),
    all(objectsByType(`- ${deleted.length} to delete:`, few.length > 0 ? [] : deleted, width)),
    ...alike(changing, below, width).map((lines): Entry => ({
      lines,
      always: 0,
      preferred: true,
      paint: ink.yellow,
    })),
    ...state.map((change) => ({ lines: [headline(change), ...below(change)], always: 0, paint: ink.yellow })),
    ...outputEntries(ink, plan, width),
    ...driftOf(plan, grouped).map((drifted) => ({
      lines: driftText(plan, drifted),
      always: 0,
      paint: ink.yellow,
    })),
  ];
}

/** The values of one change, and what of it was changed outside Terraform. */
function linesBelow(plan: PlanReading, change: PlannedChange, width: Width): readonly string[] {
  const notes = driftNotes(plan, change, width);
  const hidden = notes.length - mostNotes;
  const most = hidden > 1 ? [...notes.slice(0, mostNotes), `    ... ${hidden} more lines`] : notes;
  return [...valueLines(change, width), ...most].map((line) => `    ${line}`);
}

/** Objects that change in the same way, such as by a tag of all, together; the others one by one. */
function alike(
  changes: readonly PlannedChange[],
  below: (change: PlannedChange) => readonly string[],
  width: Width,
): readonly (readonly string[])[] {
  const groups = new Map<string, PlannedChange[]>();
  for (const change of changes) {
    const values = below(change).join("\n");
    groups.set(values, [...(groups.get(values) ?? []), change]);
  }
  return [...groups].flatMap(([values, group]) => {
    if (values === "" || group.length < fewestAlike)
      return group.map((change) => [headline(change), ...below(change)]);
    const names = wrapped(
      "    ",
      group.map(({ address }) => address),
      width.columns,
    );
    return [[`~ ${group.length} objects, each:`, ...values.split("\n"), ...names]];
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
