import { table } from "../../lib/table";

/** One figure over several runs, with the limit that it has to keep. */
export interface Figure {
  readonly what: string;
  readonly unit: "s" | "MB" | "ms";
  readonly values: readonly number[];
  readonly limit: number;
  /** Why the values prove nothing, e.g. tests that were skipped. */
  readonly incomplete?: string | undefined;
}

/** What became of a figure. */
export interface Judged extends Figure {
  readonly median: number;
  readonly verdict: "within" | "EXCEEDED" | "incomplete";
}

/** Compares the median of a figure with its limit. */
export function judge(figure: Figure): Judged {
  const median = medianOf(figure.values);
  if (figure.incomplete !== undefined) return { ...figure, median, verdict: "incomplete" };
  return { ...figure, median, verdict: median <= figure.limit ? "within" : "EXCEEDED" };
}

/** A table of minimum, median and maximum beside each limit. */
export function figureTable(figures: readonly Judged[]): string {
  const rows = figures.map(({ what, unit, values, limit, median, verdict, incomplete }) => {
    const shown = [Math.min(...values), median, Math.max(...values), limit];
    const remark = incomplete === undefined ? verdict : `${verdict}: ${incomplete}`;
    return [what, values.length, ...shown.map((value) => format(value, unit)), remark];
  });
  return table({ head: ["", "runs", "min", "median", "max", "limit", ""], rows });
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

function format(value: number, unit: Figure["unit"]): string {
  return `${unit === "s" ? value.toFixed(2) : value.toFixed(0)} ${unit}`;
}
