import { exitCodes } from "../../../../lib/errors";
import { table } from "../../../../lib/table";
import type { Run } from "../../run/run";
import { outputsOf } from "../../terraform/needs";
import type { OutputsRun } from "./index";

/** Prints the outputs of the selected layers: as a table, or as JSON for programs. */
export async function handle(run: OutputsRun): Promise<number> {
  const found: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const layer of run.selected) found[layer.name] = await outputsOf(run, layer);
  run.screen.print(
    run.request.format === "json" ? JSON.stringify(found, undefined, 2) : `\n${outputsTable(run, found)}`,
  );
  return exitCodes.done;
}

function outputsTable(run: Run, found: Readonly<Record<string, Readonly<Record<string, unknown>>>>): string {
  const { bold, dim } = run.screen.ink;
  const rows = Object.entries(found).flatMap(([layer, outputs]) => {
    const known = Object.entries(outputs).map(([name, value]) => [layer, name, valueText(value)]);
    return known.length > 0 ? known : [[layer, dim("not applied"), ""]];
  });
  return table({ head: ["layer", "output", "value"], rows, bold });
}

function valueText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return Object.entries(value)
    .map(([key, item]) => `${key}: ${valueText(item)}`)
    .join("\n");
}
