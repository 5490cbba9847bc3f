import Table from "cli-table3";
import { type Outcome, outcomeText, type Row } from "../run/outcome";
import type { Ink, Screen } from "../screen/screen";

const head = ["outcome", "added", "changed", "destroyed", "seconds"];

const stopped: readonly string[] = ["failed", "interrupted", "declined", "refused"];

/** The table that closes a run: one line for each layer. */
export function closingTable({ ink, mark }: Pick<Screen, "ink" | "mark">, rows: readonly Row[]): string {
  const first = mark === "" ? "layer" : `layer (${mark})`;
  const table = new Table({
    head: [first, ...head].map((title) => ink.bold(title)),
    // Colours come from the ink alone, so that NO_COLOR and pipes get none.
    style: { head: [], border: [] },
    colAligns: ["left", "left", "right", "right", "right", "right"],
  });
  for (const row of rows) {
    const { counts, layer, seconds, kind } = row;
    const numbers = counts ? [counts.added, counts.changed, counts.destroyed] : ["", "", ""];
    const time = kind === "not run" ? "" : seconds.toFixed(1);
    table.push([layer, colour(ink, row)(outcomeText(row)), ...numbers, time]);
  }
  return table.toString();
}

function colour(ink: Ink, { kind }: Outcome): (text: string) => string {
  if (stopped.includes(kind)) return ink.red;
  if (kind === "applied" || kind === "destroyed") return ink.green;
  if (kind === "to change" || kind === "waiting") return ink.yellow;
  return ink.dim;
}
