import { counted } from "../run/counted";
import { type Counts, type Outcome, outcomeText, type Row } from "../run/outcome";
import type { Ink, Screen } from "../screen/screen";
import { duration } from "../screen/duration";

const stopped: readonly string[] = ["failed", "interrupted", "declined", "refused"];

/** As wide as most outcomes, so that what follows is aligned. */
const outcomeWidth = "nothing to destroy".length;

/** A layer's outcome in one line, e.g. `  vpc   applied   40 added   0.7 s`; aligned with those of the other layers. */
export function layerLine({ ink }: Pick<Screen, "ink">, row: Row, layers: readonly string[]): string {
  const width = Math.max(...layers.map((name) => name.length));
  const outcome = outcomeInk(ink, row)(outcomeText(row).padEnd(outcomeWidth));
  const changes = countText(row.counts).padEnd("100 destroyed".length);
  return `  ${row.layer.padEnd(width)}  ${outcome}  ${changes}  ${seconds(row).padStart(6)}`.trimEnd();
}

/** What a walk came to, e.g. `Total 12 s: 15 layers applied, 2 unchanged; 537 objects added`. */
export function outcomeLine(rows: readonly Row[]): string {
  const layers = rows.filter(({ preparation }) => preparation === undefined);
  const kinds = [...new Set(layers.map(({ kind }) => kind))];
  const outcomes = kinds.map((kind, index) => {
    const count = layers.filter((row) => row.kind === kind).length;
    return `${count}${index > 0 ? "" : count === 1 ? " layer" : " layers"} ${kind}`;
  });
  const total = duration(rows.reduce((sum, row) => sum + row.seconds, 0));
  const changes = countText(sumOf(rows.flatMap(({ counts }) => counts ?? [])));
  const retries = rows.reduce((sum, row) => sum + (row.retries ?? 0), 0);
  const repeated = retries === 0 ? "" : `; ${counted(retries, "retry", "retries")}`;
  return `Total ${total}: ${outcomes.join(", ")}${changes === "" ? "" : `; objects: ${changes}`}${repeated}`;
}

function countText(counts: Counts | undefined): string {
  const changed = Object.entries(counts ?? {}).filter(([, count]) => count !== 0);
  return changed.map(([what, count]) => `${count} ${what}`).join(", ");
}

function sumOf(all: readonly Counts[]): Counts {
  const sum = (count: keyof Counts) => all.reduce((total, counts) => total + counts[count], 0);
  return { added: sum("added"), changed: sum("changed"), destroyed: sum("destroyed") };
}

function seconds(row: Row): string {
  if (row.kind === "not run") return "";
  return row.seconds < 60 ? `${row.seconds.toFixed(1)} s` : duration(row.seconds);
}

/** The colour of an outcome, which its text says as well. */
export function outcomeInk(ink: Ink, { kind }: Outcome): (text: string) => string {
  if (stopped.includes(kind)) return ink.red;
  if (kind === "applied" || kind === "destroyed") return ink.green;
  if (kind === "to change" || kind === "waiting") return ink.yellow;
  return ink.dim;
}
