import { UserError } from "../../lib/errors";
import { provision } from "../../scripts/provision/provision";
import type { FakeWorld } from "./fake-world";
import { toys } from "./toys";

/** Runs the words in that world; a failure comes back as it would be printed. */
export async function run(world: FakeWorld, words: string): Promise<number | UserError> {
  try {
    return await provision(toys, words.split(" "), world);
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
export function table(world: FakeWorld): Readonly<Record<string, string>> {
  const start = world.printed.findLastIndex((line) => line.startsWith("┌"));
  const rows = world.printed
    .slice(start)
    .filter((line) => line.startsWith("│"))
    .map((line) => line.split("│").map((cell) => cell.trim()));
  return Object.fromEntries(rows.slice(1).map(([, layer = "", outcome = ""]) => [layer, outcome]));
}
