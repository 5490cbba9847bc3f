import type { Situation } from "./progress";
import type { ApplicationRow } from "./rows";

/** A terminal shows no more; further rows are counted. */
const mostRows = 10;

/** What is known of the causes, by the name of the Application. */
export type KnownCauses = (name: string) => readonly string[];

/** A situation in one line, e.g. `wave 1000, 45 of 81 healthy`. */
export function summary({ step, wave, rows, waitsFor }: Situation): string {
  if (step !== "applications") return step === "done" ? healthy(rows) : `${step}: ${waitsFor}`;
  return wave === undefined ? `${healthy(rows)}; ${waitsFor}` : `wave ${wave}, ${healthy(rows)}`;
}

/** The applications that a rollout is at or that have a problem, one line each, with the cause. */
export function tableLines({ rows }: Pick<Situation, "rows">, causes: KnownCauses): readonly string[] {
  const open = rows.filter(({ state }) => state !== "done" && state !== "not created");
  if (open.length === 0) return [];
  const shown = open.slice(0, mostRows);
  const head = { wave: "wave", name: "application", sync: "sync", health: "health", reason: "reason" };
  const cells = shown.map((row) => ({ ...row, wave: String(row.wave), reason: reasonOf(row, causes) }));
  const width = (key: "wave" | "name" | "sync" | "health") =>
    Math.max(...[head, ...cells].map((row) => row[key].length));
  const lines = [head, ...cells].map(
    (row) =>
      `  ${row.wave.padStart(width("wave"))}  ${row.name.padEnd(width("name"))}  ${row.sync.padEnd(width("sync"))}  ${row.health.padEnd(width("health"))}  ${row.reason}`,
  );
  const more = open.length - shown.length;
  return more === 0 ? lines : [...lines, `  and ${more} more`];
}

/** The first cause, or what the Application itself says. */
function reasonOf({ name, reason }: ApplicationRow, causes: KnownCauses): string {
  return (causes(name)[0] ?? reason).replaceAll("\n", " ");
}

/** As in `45 of 81 healthy`. */
function healthy(rows: readonly ApplicationRow[]): string {
  return `${rows.filter(({ state }) => state === "done").length} of ${rows.length} healthy`;
}
