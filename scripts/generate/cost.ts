import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { type CapacityReport, capacityReport } from "../../capacity/report";
import { loadEnvironment } from "../../lib/environment/environment";
import type { AnyLayer } from "../../lib/layer/layer";
import { scaleProfiles } from "../../lib/layer/environment-schema";
import { synthesise } from "../../main";
import { readEnvironment } from "../../synthesis/read";

/** What an environment costs with each scale profile, everything else as in this file. */
export function costTable(layers: readonly AnyLayer[], file: string): string {
  const reports = scaleProfiles.map((scaleProfile) => {
    const text = stringify({ ...parse(readFileSync(file, "utf8")), scaleProfile });
    return reportOf(layers, file, text);
  });
  const head = ["`scaleProfile`", "Edge nodes", "Nodes of the cluster", "A month in USD"];
  return aligned([head, ...reports.map(row)]);
}

/** A Markdown table with columns of equal width, as the formatter of the repository has it; all but the first line is data. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => (cells[column] ?? "").length)),
  );
  const [head, ...data] = rows.map((cells) =>
    line(cells.map((cell, column) => cell.padEnd(widths[column] ?? 0))),
  );
  return [head, line(widths.map((width) => "-".repeat(width))), ...data].join("\n");
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function reportOf(layers: readonly AnyLayer[], file: string, text: string): CapacityReport {
  const outdir = mkdtempSync(join(tmpdir(), "cost-"));
  try {
    // The day decides only whether an exception of the policy has expired.
    const loaded = loadEnvironment(layers, { file, text, read: () => undefined, now: new Date(0) });
    synthesise(layers, loaded, { outdir, deletionProtection: true });
    const synthesised = readEnvironment({ read: (path) => readFileSync(path, "utf8") }, outdir, layers);
    return capacityReport(synthesised, loaded.environment, layers);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function row({ environment, edgeNodes, nodeGroups, cost }: CapacityReport): readonly string[] {
  const types = [...new Set(nodeGroups.map(({ instance }) => instance.name))];
  const nodes = types.map((type) => {
    const groups = nodeGroups.filter(({ instance }) => instance.name === type);
    const sum = (end: "min" | "max") => groups.reduce((total, group) => total + group[end], 0);
    return `${sum("min")} to ${sum("max")} ${type}`;
  });
  if (cost.total === null)
    throw new Error(`Cannot show the cost: there are no prices for ${environment.region}`);
  const [low, high] = cost.total;
  return [
    `\`${environment.scaleProfile}\``,
    `up to ${amount(edgeNodes)}`,
    nodes.join(", "),
    `${rounded(low)} to ${rounded(high)}`,
  ];
}

/** Two digits are what an estimate is worth. */
function rounded(usd: number): string {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(usd)) - 1);
  return amount(Math.round(usd / step) * step);
}

function amount(value: number): string {
  return value.toLocaleString("en-US");
}
