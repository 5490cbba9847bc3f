import { table } from "../../../lib/table";
import { type Outcome, outcomeText, type Row } from "../run/outcome";
import type { Ink, Screen } from "../screen/screen";

const numbers = ["added", "changed", "destroyed", "seconds"];

const stopped: readonly string[] = ["failed", "interrupted", "declined", "refused"];

/** The table that closes a run: one line for each layer. */
export function closingTable(
  { ink, mark, columns }: Pick<Screen, "ink" | "mark" | "columns">,
  rows: readonly Row[],
): string {
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

/** The colour of an outcome, which its text says as well. */
export function outcomeInk(ink: Ink, { kind }: Outcome): (text: string) => string {
  if (stopped.includes(kind)) return ink.red;
  if (kind === "applied" || kind === "destroyed") return ink.green;
  if (kind === "to change" || kind === "waiting") return ink.yellow;
  return ink.dim;
}
