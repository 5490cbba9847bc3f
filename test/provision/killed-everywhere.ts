import { expect } from "vitest";
import type { AnyLayer } from "../../lib/layer/layer";
import type { FakeWorld } from "./fake-world";
import { run } from "./runs";
import { toys } from "./toys";

/** Everything that a later run could find, but for what is only told. */
function remains({ cloud, texts }: FakeWorld): string {
  const kept = (all: Iterable<readonly [string, string]>) =>
    [...all].filter(([path]) => !/\/(?:logs|journal|plans)\//.test(path));
  return JSON.stringify([[...cloud.objects], kept(cloud.stored), kept(texts)]);
}

/** What the command line leaves behind when it is killed before its first effect, before its second, and so on. */
export async function killedEverywhere(
  world: FakeWorld,
  commandLine: string,
  layers: readonly AnyLayer[] = toys,
): Promise<readonly FakeWorld[]> {
  const left: FakeWorld[] = [];
  let last = "";
  world.beforeEffect = () => {
    const now = remains(world);
    if (now !== last) left.push(world.copy());
    last = now;
  };
  expect(await run(world, commandLine, layers)).toBe(0);
  expect(left.length).toBeGreaterThan(20);
  return left;
}
