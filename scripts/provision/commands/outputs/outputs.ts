import { exitCodes } from "../../../../lib/errors";
import type { Page } from "../../../../lib/page";
import { table } from "../../../../lib/table";
import { outputsOf } from "../../terraform/needs";
import type { OutputsRun } from "./index";

/** Prints the outputs of the selected layers: as a table, or as JSON for programs. */
export async function handle(run: OutputsRun): Promise<number> {
  const found: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const layer of run.selected) found[layer.name] = await outputsOf(run, layer);
  const { screen, request } = run;
  if (request.format === "json") screen.verbatim(JSON.stringify(found, undefined, 2));
  else screen.print(`\n${outputsTable(screen, found)}`);
  return exitCodes.done;
}

function outputsTable(
  { ink: { bold, dim }, columns }: Page,
  found: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): string {
  const rows = Object.entries(found).flatMap(([layer, outputs]) => {
    const known = Object.entries(outputs).map(([name, value]) => [layer, name, valueText(value)]);
    return known.length > 0 ? known : [[layer, dim("not applied"), ""]];
  });
  return table({ head: ["layer", "output", "value"], rows, bold, width: columns });
}

function valueText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return Object.entries(value)
    .map(([key, item]) => `${key}: ${valueText(item)}`)
    .join("\n");
}
