import { table } from "../../lib/table";

/** One figure over several runs, with the limit it has to keep. */
export interface Figure {
  readonly what: string;
  readonly unit: "s" | "MB" | "ms";
  readonly values: readonly number[];
  readonly limit: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/** A table of minimum, median and maximum beside each limit. */
export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, unit, values, limit }) => {
    const shown = [Math.min(...values), median(values), Math.max(...values), limit];
    const verdict = median(values) <= limit ? "kept" : "EXCEEDED";
    return [what, values.length, ...shown.map((value) => format(value, unit)), verdict];
  });
  return table({ head: ["", "runs", "min", "median", "max", "limit", ""], rows });
}

function format(value: number, unit: Figure["unit"]): string {
  return `${unit === "s" ? value.toFixed(2) : value.toFixed(0)} ${unit}`;
}
