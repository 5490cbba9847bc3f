import Table from "cli-table3";

/** Content and format of a table. */
export interface TableContent {
  /** Titles of the columns. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** Titles of the columns that are aligned to the right. */
  readonly numbers?: readonly string[];
  /** `false` leaves out the lines between rows. */
  readonly ruled?: boolean;
  /** Emphasis of titles; plain text by default. */
  readonly bold?: (title: string) => string;
}

/** Draws a table; only its texts have colours, so that there are none with NO_COLOR and in pipes. */
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
