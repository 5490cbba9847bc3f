import { type Kind, kindNames, kinds } from "./kinds";
import type { Result } from "./run";

const counted = ["orphans", "locks", "lost", "replaced"] as const;

/** The last line: `healed=300, orphans=0, locks=0, lost=0, replaced=0`. */
export function sumLine(results: readonly Result[]): string {
  const sums = counted.map((name) => `${name}=${sumOf(results, name)}`);
  return [`healed=${results.filter(({ healed }) => healed).length}`, ...sums].join(", ");
}

/** A table in Markdown with a row for each kind that was run. */
export function table(results: readonly Result[]): string {
  const rows = kindNames.flatMap((kind) =>
    rowOf(
      kind,
      results.filter(({ given }) => given.kind === kind),
    ),
  );
  return [
    "| Disturbance | Runs | Healed | Orphans | Locks | Lost | Replaced | Commands typed, at most | Seconds, median |",
    "| --- | --: | --: | --: | --: | --: | --: | --: | --: |",
    ...rows,
  ].join("\n");
}

function rowOf(kind: Kind, results: readonly Result[]): string[] {
  if (results.length === 0) return [];
  const cells = [
    kinds[kind],
    results.length,
    results.filter(({ healed }) => healed).length,
    ...counted.map((name) => sumOf(results, name)),
    Math.max(...results.map(({ typed }) => typed)),
    Math.round(median(results.map(({ seconds }) => seconds))),
  ];
  return [`| ${cells.join(" | ")} |`];
}

/** One line for a run that has ended. */
export function resultLine({ given, healed, problems, seconds, typed, folder }: Result): string {
  const what = `${given.kind}, ${given.phase}${given.all ? ", all layers" : ""}`;
  const how = healed ? `healed by ${typed} commands` : `NOT healed: ${problems.join("; ")}; see ${folder}`;
  return `seed ${given.seed}: ${what}: ${how} (${Math.round(seconds)} s)`;
}

function sumOf(results: readonly Result[], name: (typeof counted)[number]): number {
  return results.reduce((sum, result) => sum + result[name].length, 0);
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}
