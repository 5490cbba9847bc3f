import { UserError } from "../../lib/errors";
import { provision } from "../../scripts/provision/provision";
import type { AnyLayer } from "../../lib/layer/layer";
import type { World } from "../../scripts/provision/world/index";
import type { FakeWorld } from "./fake-world";
import { toys } from "./toys";

/** Runs a command line in that world; returns a failure as it would be printed. */
export async function run(
  world: World,
  commandLine: string,
  layers: readonly AnyLayer[] = toys,
): Promise<number | UserError> {
  try {
    return await provision(() => Promise.resolve(layers), commandLine.split(" "), world);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

/** The commands of one kind, e.g. every `apply`. */
export function commands(world: FakeWorld, verb: string): readonly string[] {
  return world.ran.filter((ran) => ran.endsWith(` ${verb}`));
}

/** A layer's line where there is one for each: name, outcome, changes and time, in columns. */
const layerLine =
  /^ {2}(\S+) {2,}((?:applied|unchanged|skipped|destroyed|nothing to destroy|refused|failed|interrupted|not run because .+?)(?:, \d+ retr\w+)?)(?: {2,}.*)?$/;

/** The outcomes of the layers alone, without the row of the databases, which are no layer. */
export function layerTable(world: { readonly printed: readonly string[] }): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(table(world)).filter(([name]) => name !== "databases"));
}

/** Layer and outcome from the last closing table, or from the lines of the last phase that has no table. */
export function table(world: { readonly printed: readonly string[] }): Readonly<Record<string, string>> {
  const phase = world.printed.findLastIndex((line) => / \d of 3: | {2}account \d+, /.test(line));
  const outcomes = world.printed.slice(phase + 1).flatMap((line) => {
    const [, layer = "", outcome = ""] = layerLine.exec(line) ?? [];
    return layer === "" ? [] : [[layer, outcome] as const];
  });
  if (outcomes.length > 0) return Object.fromEntries(outcomes);
  const start = world.printed.findLastIndex((line) => line.startsWith("┌"));
  const rows = world.printed
    .slice(start)
    .filter((line) => line.startsWith("│"))
    .map((line) => line.split("│").map((cell) => cell.trim()));
  return Object.fromEntries(rows.slice(1).map(([, layer = "", outcome = ""]) => [layer, outcome]));
}
