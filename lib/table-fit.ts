import { displayWidth, wrapText } from "./wrap";

/** A column of a table: its title and its cells. */
interface Column {
  readonly texts: readonly string[];
  /** Columns of numbers are never narrowed. */
  readonly fixed: boolean;
}

/** A column in which a cell would take more than so many times its lines is unreadable. */
const mostLines = 5;

/** Widths of a table's columns so that they fit beside each other; undefined when no such table could be read. */
export function fittingWidths(columns: readonly Column[], room: number): readonly number[] | undefined {
  const natural = columns.map(({ texts }) => longest(texts.flatMap((text) => text.split("\n"))));
  const least = columns.map(({ texts, fixed }, index) =>
    fixed ? (natural[index] ?? 0) : longest(texts.flatMap((text) => text.split(/\s+/))),
  );
  if (sum(natural) <= room) return natural;
  if (sum(least) > room) return undefined;
  const widths = narrowed(natural, least, room);
  return widths.every((given, index) => (natural[index] ?? 0) <= mostLines * given) ? widths : undefined;
}

/** Takes from the widest column that can give, until all fit. */
function narrowed(natural: readonly number[], least: readonly number[], room: number): readonly number[] {
  const widths = [...natural];
  while (sum(widths) > room) {
    const giving = widths.map((given, index) => (given > (least[index] ?? 0) ? given : 0));
    const widest = giving.indexOf(Math.max(...giving));
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

/** The rows of a table one below the other, each cell with its title. */
export function stackedRows(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { width, bold }: { readonly width: number; readonly bold: (title: string) => string },
): string {
  const blocks = rows.map(([first = "", ...others], index) => {
    const repeated = first === (rows[index - 1]?.[0] ?? "");
    const lines = others.flatMap((cell, other) => {
      const text = titled(head[other + 1], cell.replaceAll("\n", "\n    "));
      return cell === "" ? [] : [`  ${text}`];
    });
    return [...(repeated ? [] : [bold(titled(head[0], first))]), ...lines]
      .map((line) => wrapText(line, width))
      .join("\n");
  });
  return blocks.join("\n\n");
}

const titled = (title = "", text: string) => (title === "" ? text : `${title}: ${text}`);

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

const longest = (texts: readonly string[]) => Math.max(0, ...texts.map(displayWidth));
