import Table from "cli-table3";

/** What a table shows. */
export interface TableContent {
  /** Titles of the columns. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** Titles of the columns that are aligned to the right. */
  readonly numbers?: readonly string[];
  /** `false` leaves out the lines between rows. */
  readonly ruled?: boolean;
  /** How titles stand out; plain text by default. */
  readonly bold?: (title: string) => string;
}

/** Draws a table; colours are those of its texts alone, so that NO_COLOR and pipes get none. */
export function table({ head, rows, numbers = [], ruled = true, bold = String }: TableContent): string {
  const drawn = new Table({
    head: head.map((title) => bold(title)),
    style: { head: [], border: [] },
    colAligns: head.map((title) => (numbers.includes(title) ? "right" : "left")),
    ...(ruled ? {} : { chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" } }),
  });
  drawn.push(...rows.map((row) => [...row]));
  return drawn.toString();
}
