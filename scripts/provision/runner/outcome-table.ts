import { table } from "../../../lib/table";
import { outcomeText, type Row } from "../run/outcome";
import type { Screen } from "../screen/screen";
import { layerLine, outcomeInk } from "./layer-lines";

const numbers = ["added", "changed", "destroyed", "seconds"];

/** In fewer columns, a layer has a line without rules and empty columns. */
const narrowest = 78;

/** The table that closes a run: one line for each layer. */
export function closingTable(
  { ink, mark, columns }: Pick<Screen, "ink" | "mark" | "columns">,
  rows: readonly Row[],
): string {
  const layers = rows.map(({ layer }) => layer);
  if (columns < narrowest) return rows.map((row) => layerLine({ ink }, row, layers)).join("\n");
  const first = mark === "" ? "layer" : `layer (${mark})`;
  const cells = rows.map((row) => {
    const { counts, layer, seconds, kind } = row;
    const counted = counts ? [counts.added, counts.changed, counts.destroyed] : ["", "", ""];
    const time = kind === "not run" ? "" : seconds.toFixed(1);
    return [layer, outcomeInk(ink, row)(outcomeText(row)), ...counted, time];
  });
  return table({
    head: [first, "outcome", ...numbers],
    rows: cells,
    numbers,
    ruled: false,
    bold: ink.bold,
    width: columns,
  });
}
