import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { layers } from "../../modules";
import { removeWorlds, type WatchedWorld, worldIn } from "../provision/real-world";
import { layerTable, run } from "../provision/runs";
import { missing } from "./tools";

const because = missing("terraform");

const environment = readFileSync(join(__dirname, "..", "..", "configs", "dev.yaml"), "utf8");
const apply = "apply --env dev --rehearse --until vpc";
const selected = layers.slice(0, layers.findIndex(({ name }) => name === "vpc") + 1).map(({ name }) => name);
const [beforeLast = ""] = selected.slice(-2);

afterAll(removeWorlds);

/** Presses Ctrl-C while Terraform applies a layer. */
function interruptedIn(world: WatchedWorld, layer: string): void {
  const execute = world.processes.run.bind(world.processes);
  let press: () => void = () => undefined;
  Object.assign(world, {
    onInterrupt: (listener: () => void) => {
      press = listener;
      return () => undefined;
    },
  });
  Object.assign(world.processes, {
    run: (command: Parameters<typeof execute>[0]) => {
      if (command.arguments[0] === "apply" && command.folder.endsWith(`/${layer}`)) setTimeout(press, 200);
      return execute(command);
    },
  });
}

/** `layer: seconds` of the rows of the last run. */
function secondsOf(printed: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    printed.flatMap((line) => {
      const [, layer = "", seconds = ""] = /^ {2}(\S+) +skipped +([\d.]+) s$/.exec(line) ?? [];
      return layer === "" ? [] : [[layer, Number(seconds)] as const];
    }),
  );
}

test.skipIf(because !== undefined)(
  "an interrupted run is gone on with by the same command, which skips what that has finished; the third plans everything",
  { timeout: 180_000 },
  async () => {
    const world = worldIn(environment);
    interruptedIn(world, beforeLast);
    expect(await run(world, apply, layers)).toMatchObject({ exitCode: 7 });
    expect(layerTable(world)).toMatchObject({
      [beforeLast]: "applied",
      vpc: expect.stringContaining("not run"),
    });

    world.printed.length = 0;
    expect(await run(world, apply, layers)).toBe(0);
    const skipped = selected.filter((name) => name !== "vpc");
    expect(layerTable(world)).toEqual({
      ...Object.fromEntries(skipped.map((name) => [name, "skipped"])),
      vpc: "applied",
    });
    const seconds = secondsOf(world.printed);
    expect(Object.keys(seconds)).toEqual(skipped);
    for (const layer of skipped) expect(seconds[layer]).toBeLessThan(2);

    world.printed.length = 0;
    expect(await run(world, apply, layers)).toBe(0);
    expect(layerTable(world)).toEqual(Object.fromEntries(selected.map((name) => [name, "unchanged"])));
  },
);
