import { countChanges, type PlanReading, shortDigest } from "../run/plan";
import type { Ink } from "../screen/screen";
import type { Width } from "./attribute-lines";
import { objectsByType } from "./objects-by-type";
import { otherDrift } from "./other-drift";
import { riskOf } from "./risk";
import { type Entry, summaryEntries } from "./summary-entries";

/** How a plan is shown, and where all of it is. */
export interface PlanScreen {
  readonly ink: Ink;
  /** Of the terminal. */
  readonly columns: number;
  /** Where everything is shown, e.g. a file; undefined if nowhere. */
  readonly everything: string | undefined;
}

/** Most lines of changes, but for those of what ends. */
const mostLines = 40;
/** Most lines of names for each type that is created. */
const mostNameLines = 3;
/** Longest value where lines have no end, as in a pipe. */
const mostCharacters = 200;
const margin = "  ";

/** Human-readable summary of a plan: data loss first, then replacements and deletions, other changes, and creations. */
export function planSummary(screen: PlanScreen, plan: PlanReading): readonly string[] {
  const { ink, everything } = screen;
  const columns = screen.columns - margin.length;
  const width: Width = {
    columns: columns - 4,
    longest: Math.min(Math.max(columns - 20, 40), mostCharacters),
  };
  const { lines, hidden } = shown(summaryEntries(ink, plan, width));
  const created = plan.changes.filter((change) => riskOf(change) === "creation");
  const creations = objectsByType(`+ ${created.length} to create:`, created, {
    columns,
    mostLines: mostNameLines,
  });
  return [
    ...lines,
    ...creations.map((line) => ink.green(`${margin}${line}`)),
    `${margin}${ink.bold(totals(plan))}`,
    ...[...quiet(plan, everything), ...(plan.pending ? whereAll(plan, hidden, everything) : [])].map((line) =>
      ink.dim(`${margin}${line}`),
    ),
  ];
}

/** What this plan leaves as it is needs nobody's attention. */
function quiet(plan: PlanReading, everything: string | undefined): readonly string[] {
  const others = otherDrift(plan);
  if (others === undefined) return [];
  return [plan.pending && everything !== undefined ? `${others}; the file lists them` : others];
}

/** The last line before the question: how to tell this plan from others, and what is not shown of it. */
function whereAll(
  { digest }: PlanReading,
  hidden: number,
  everything: string | undefined,
): readonly string[] {
  const parts = [
    ...(digest === undefined ? [] : [`plan ${shortDigest(digest)}`]),
    ...(hidden > 0 ? [`${hidden} more lines`] : []),
    ...(everything === undefined ? [] : [`all values: ${everything}`]),
  ];
  const text = parts.join("; ");
  return text === "" ? [] : [`${text.charAt(0).toUpperCase()}${text.slice(1)}`];
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

/** The lines that fit; those of what ends are among them, and the first of each change in place before further ones. */
function shown(entries: readonly Entry[]): { readonly lines: readonly string[]; readonly hidden: number } {
  let left = mostLines;
  const lines: string[] = [];
  const preferred = entries.filter((entry) => entry.preferred);
  const room = Math.max(0, mostLines - entries.reduce((sum, { always }) => sum + always, 0));
  const reserved = new Set(preferred.slice(0, room));
  for (const entry of entries) {
    const { lines: all, paint } = entry;
    const always = reserved.delete(entry) ? 1 : entry.always;
    const count = Math.min(all.length, Math.max(left - reserved.size, always));
    left -= count;
    lines.push(...all.slice(0, count).map((line) => paint(`${margin}${line}`)));
  }
  return { lines, hidden: entries.reduce((sum, { lines: all }) => sum + all.length, 0) - lines.length };
}
