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

/** Layer and outcome from the last closing table. */
export function table(world: { readonly printed: readonly string[] }): Readonly<Record<string, string>> {
  const start = world.printed.findLastIndex((line) => line.startsWith("┌"));
  const rows = world.printed
    .slice(start)
    .filter((line) => line.startsWith("│"))
    .map((line) => line.split("│").map((cell) => cell.trim()));
  return Object.fromEntries(rows.slice(1).map(([, layer = "", outcome = ""]) => [layer, outcome]));
}
