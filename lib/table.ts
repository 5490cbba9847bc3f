import Table from "cli-table3";
import { fittingWidths, stackedRows } from "./table-fit";
import { wrapText } from "./wrap";

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
  /** Columns of the screen; by default the table is as wide as its texts. */
  readonly width?: number;
}

/**
 * Draws a table, in which long texts are wrapped where it would be wider than the screen; on a narrow screen its rows are
 * stacked. Only its texts have colours, so that there are none with NO_COLOR and in pipes.
 */
export function table(content: TableContent): string {
  const { head, rows, numbers = [], bold = String, width = Infinity } = content;
  const cells = rows.map((row) => row.map(String));
  const columns = head.map((title, index) => ({
    texts: [title, ...cells.map((row) => row[index] ?? "")],
    fixed: numbers.includes(title),
  }));
  const widths = fittingWidths(columns, width);
  return widths === undefined
    ? stackedRows(head, cells, { width, bold })
    : draw(content, { cells, widths, bold });
}

function draw(
  { head, numbers = [], ruled = true }: TableContent,
  fitted: {
    readonly cells: readonly (readonly string[])[];
    readonly widths: readonly number[];
    readonly bold: (title: string) => string;
  },
): string {
  const { cells, widths, bold } = fitted;
  const wrapped = (row: readonly string[]) =>
    row.map((cell, index) => wrapText(cell, widths[index] ?? Infinity, 0));
  const drawn = new Table({
    head: wrapped(head).map((title) => bold(title)),
    style: { head: [], border: [] },
    colAligns: head.map((title) => (numbers.includes(title) ? "right" : "left")),
    ...(ruled ? {} : { chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" } }),
  });
  drawn.push(...cells.map(wrapped));
  return drawn.toString();
}
