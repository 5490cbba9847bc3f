import Table, { type TableConstructorOptions } from "cli-table3";
import { fittingWidths, stackedRows } from "./table-fit";
import { displayWidth, wrapText } from "./wrap";

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

/** What is drawn around and between columns, and the columns that it takes. */
interface Frame {
  readonly style: Partial<TableConstructorOptions>;
  readonly columns: (count: number) => number;
}

const rules: Frame = {
  style: {},
  // A border left of every column and at the right end, and a space on either side of every text.
  columns: (count) => 3 * count + 1,
};

const noRowRules = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" };
const noRules = {
  ...{ top: "", "top-mid": "", "top-left": "", "top-right": "", left: "", right: "" },
  ...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "", ...noRowRules },
};
const gap = "  ";

const framed: Frame = { ...rules, style: { chars: noRowRules } };

const bare: Frame = {
  style: { chars: { ...noRules, middle: gap }, style: { "padding-left": 0, "padding-right": 0 } },
  columns: (count) => gap.length * (count - 1),
};

/**
 * Draws a table. Where it would be wider than the screen, one without lines between rows loses its other lines too, and long
 * texts are wrapped; on a narrow screen, rows are stacked. Only its texts have colours, so that there are none with NO_COLOR and
 * in pipes.
 */
export function table(content: TableContent): string {
  const { head, rows, numbers = [], ruled = true, bold = String, width = Infinity } = content;
  const cells = rows.map((row) => row.map(String));
  const columns = head.map((title, index) => ({
    texts: [title, ...cells.map((row) => row[index] ?? "")],
    fixed: numbers.includes(title),
  }));
  for (const frame of ruled ? [rules] : [framed, bare]) {
    const widths = fittingWidths(columns, width - frame.columns(head.length));
    const isNatural = widths !== undefined && sameWidths(widths, columns);
    if (widths !== undefined && (isNatural || frame !== framed))
      return draw(content, { cells, widths, frame });
  }
  return stackedRows(head, cells, { width, bold });
}

/** Whether nothing has to be wrapped. */
function sameWidths(
  widths: readonly number[],
  columns: readonly { readonly texts: readonly string[] }[],
): boolean {
  return columns.every(({ texts }, index) => {
    const lines = texts.flatMap((text) => text.split("\n"));
    return lines.every((line) => displayWidth(line) <= (widths[index] ?? 0));
  });
}

function draw(
  { head, numbers = [], bold = String }: TableContent,
  fitted: {
    readonly cells: readonly (readonly string[])[];
    readonly widths: readonly number[];
    readonly frame: Frame;
  },
): string {
  const { cells, widths, frame } = fitted;
  const wrapped = (row: readonly string[]) =>
    row.map((cell, index) => wrapText(cell, widths[index] ?? Infinity, 0));
  const { chars, style = {} } = frame.style;
  const drawn = new Table({
    head: wrapped(head).map((title) => bold(title)),
    style: { head: [], border: [], ...style },
    colAligns: head.map((title) => (numbers.includes(title) ? "right" : "left")),
    ...(chars === undefined ? {} : { chars }),
  });
  drawn.push(...cells.map(wrapped));
  return drawn.toString().replace(/ +$/gm, "");
}
