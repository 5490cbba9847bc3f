import type { IBufferCell, Terminal } from "@xterm/headless";

/** Text in one style, as it stands on a screen. */
export interface Span {
  readonly text: string;
  /** Column of its first character, from 0. */
  readonly column: number;
  readonly colour: string | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
}

/** A line of a screen. */
export type Row = readonly Span[];

const colours = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** Everything that a terminal shows and has scrolled away, without empty rows at the end. */
export function rowsOf({ buffer: { active } }: Terminal): readonly Row[] {
  const rows = Array.from({ length: active.length }, (_, index): Row => {
    const line = active.getLine(index);
    if (line === undefined) return [];
    const width = line.translateToString(true).length;
    return spans(Array.from({ length: width }, (_, column) => line.getCell(column)));
  });
  const last = rows.findLastIndex((row) => row.length > 0);
  return rows.slice(0, last + 1);
}

function spans(cells: readonly (IBufferCell | undefined)[]): Row {
  const row: Span[] = [];
  for (const [column, cell] of cells.entries()) {
    // The second half of a wide character.
    if (cell === undefined || cell.getWidth() === 0) continue;
    const next = { text: cell.getChars() || " ", column, ...style(cell) };
    const before = row.at(-1);
    if (before && sameStyle(before, next)) row[row.length - 1] = { ...before, text: before.text + next.text };
    else row.push(next);
  }
  return row;
}

function style(cell: IBufferCell): Pick<Span, "colour" | "bold" | "dim"> {
  const colour = cell.isFgDefault() ? undefined : colours[cell.getFgColor() % colours.length];
  return { colour, bold: cell.isBold() !== 0, dim: cell.isDim() !== 0 };
}

function sameStyle(one: Span, other: Span): boolean {
  return one.colour === other.colour && one.bold === other.bold && one.dim === other.dim;
}
