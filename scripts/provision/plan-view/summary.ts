import { countChanges, type PlannedChange, type PlanReading } from "../run/plan";
import type { Ink } from "../screen/screen";
import { attributeLines, type Width } from "./attribute-lines";
import { headline } from "./change-text";
import { createdObjects } from "./created-objects";
import { riskOf } from "./risk";
import { driftText, outputText } from "./plan-parts";

/** How a plan is shown, and where all of it is. */
export interface PlanScreen {
  readonly ink: Ink;
  /** Of the terminal. */
  readonly columns: number;
  /** Where everything is shown, e.g. a file; undefined if nowhere. */
  readonly everything: string | undefined;
}

/** Most lines of changes, beyond the headlines of those that end an object. */
const mostLines = 40;
/** Most lines for the values of one object. */
const mostValues = 8;
/** Longest value where lines have no end, as in a pipe. */
const mostCharacters = 200;
const margin = "  ";

/** Lines to show, and what comes of those that are not. */
interface Entry {
  readonly lines: readonly string[];
  /** Always shown, whatever the length of the plan. */
  readonly always: number;
  readonly paint: (text: string) => string;
}

/** Human-readable summary of a plan: data loss first, then replacements and deletions, other changes, and creations. */
export function planSummary(screen: PlanScreen, plan: PlanReading): readonly string[] {
  const { ink, columns, everything } = screen;
  const width: Width = {
    columns: columns - 2 * margin.length - 4,
    longest: Math.min(Math.max(columns - 20, 40), mostCharacters),
  };
  const entries = [
    ...driftEntries(ink, plan),
    ...changeEntries(ink, plan, width),
    ...outputEntries(ink, plan, width),
  ];
  const { lines, hidden } = shown(entries);
  const created = plan.changes.filter((change) => riskOf(change) === "creation");
  return [
    ...lines,
    ...createdObjects(created, columns - margin.length).map((line) => ink.green(`${margin}${line}`)),
    ...(hidden > 0
      ? [`${margin}${hidden} more lines${everything === undefined ? "" : `: ${everything}`}`]
      : []),
    `${margin}${ink.bold(totals(plan))}`,
    ...(plan.pending && hidden === 0 && everything !== undefined
      ? [ink.dim(`${margin}All values: ${everything}`)]
      : []),
  ];
}

/** `12 to add, 1 to change, 0 to destroy`. */
export function totals(plan: PlanReading): string {
  if (!plan.pending) return "no changes";
  const { added, changed, destroyed } = countChanges(plan.changes);
  const rest = plan.changes.filter(({ action }) => ["import", "move", "remove"].includes(action)).length;
  if (plan.changes.length === 0) return "only outputs change";
  const numbers = `${added} to add, ${changed} to change, ${destroyed} to destroy`;
  return rest > 0 ? `${numbers}, ${rest} to import, move or remove from the state` : numbers;
}

function driftEntries(ink: Ink, { drift }: PlanReading): readonly Entry[] {
  return drift.map((change) => ({ lines: driftText(change), always: 0, paint: ink.yellow }));
}

function changeEntries(ink: Ink, { changes }: PlanReading, width: Width): readonly Entry[] {
  const of = (...wanted: readonly string[]) => changes.filter((change) => wanted.includes(riskOf(change)));
  const dangers = [...of("data loss"), ...of("replacement"), ...of("deletion")];
  const others = [...of("in place"), ...of("state only")];
  return [
    ...dangers.map((change) => ({ ...entry(change, width), always: 1, paint: ink.red })),
    ...others.map((change) => ({ ...entry(change, width), always: 0, paint: ink.yellow })),
  ];
}

function entry(change: PlannedChange, width: Width): Pick<Entry, "lines"> {
  const values = ["delete", "remove"].includes(change.action) ? [] : valueLines(change, width);
  const rest = values.length - mostValues;
  const few = rest > 1 ? [...values.slice(0, mostValues), `... ${rest} more lines`] : values;
  return { lines: [headline(change), ...few.map((line) => `    ${line}`)] };
}

/** Values that are not known before the apply come with any change; what is known says what it is about. */
function valueLines({ attributes }: PlannedChange, width: Width): readonly string[] {
  const forcing = attributes.filter(({ forcesReplacement }) => forcesReplacement);
  const known = attributes.filter(
    ({ forcesReplacement, after, before }) =>
      !forcesReplacement &&
      after.kind !== "unknown" &&
      !(after.kind === "absent" && before.kind === "absent"),
  );
  const unknown = attributes.length - forcing.length - known.length;
  const lines = [...forcing, ...known].flatMap((one) => attributeLines(one, width));
  if (unknown === 0) return lines;
  return [...lines, `(${unknown} ${unknown === 1 ? "value" : "values"} known after apply)`];
}

function outputEntries(ink: Ink, { outputs, changes }: PlanReading, width: Width): readonly Entry[] {
  const shownOutputs = outputs.filter(
    ({ action, attributes }) =>
      changes.length === 0 ||
      (action !== "create" && attributes.some(({ after }) => after.kind !== "unknown")),
  );
  return shownOutputs.map((output) => ({ lines: outputText(output, width), always: 0, paint: ink.yellow }));
}

/** The lines that fit; each object that ends is among them. */
function shown(entries: readonly Entry[]): { readonly lines: readonly string[]; readonly hidden: number } {
  let left = mostLines;
  const lines: string[] = [];
  for (const { lines: all, always, paint } of entries) {
    const count = Math.min(all.length, Math.max(left, always));
    left -= count;
    lines.push(...all.slice(0, count).map((line) => paint(`${margin}${line}`)));
  }
  return { lines, hidden: entries.reduce((sum, { lines: all }) => sum + all.length, 0) - lines.length };
}
