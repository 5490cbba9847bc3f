import Table from "cli-table3";

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
  const table = new Table({
    head: ["", "runs", "min", "median", "max", "limit", ""],
    style: { head: [], border: [] },
  });
  for (const { what, unit, values, limit } of figures) {
    const shown = [Math.min(...values), median(values), Math.max(...values)].map((value) =>
      format(value, unit),
    );
    table.push([
      what,
      values.length,
      ...shown,
      format(limit, unit),
      median(values) <= limit ? "kept" : "EXCEEDED",
    ]);
  }
  return table.toString();
}

function format(value: number, unit: Figure["unit"]): string {
  return `${unit === "s" ? value.toFixed(2) : value.toFixed(0)} ${unit}`;
}
