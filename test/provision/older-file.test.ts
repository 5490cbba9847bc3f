import { expect, test } from "vitest";
import { currentVersion } from "../../lib/environment/migrations";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";

/** A world whose environment file states no version. */
function older(): FakeWorld {
  const world = new FakeWorld();
  const file = world.texts.get("configs/dev.yaml") ?? "";
  world.texts.set("configs/dev.yaml", file.replace(`version: ${currentVersion}\n`, ""));
  return world;
}

test("an older environment file works, and the run prints once the changes and the command to update it", async () => {
  const world = older();
  expect(await run(world, "--env dev --yes")).toBe(0);
  const start = world.printed.findIndex((line) => line.includes("configs/dev.yaml"));
  expect(world.printed.slice(start, start + 3)).toEqual([
    `  configs/dev.yaml is read, but its format is version 0, and this release writes version ${currentVersion}:`,
    '  - the setting "version" states the format of the file',
    "  Run: npx ts-node scripts/provision.ts migrate --env dev",
  ]);
  expect(world.printed.filter((line) => line.includes("configs/dev.yaml"))).toHaveLength(1);
});

test("a file of the current version is not commented on", async () => {
  const world = new FakeWorld();
  await run(world, "--env dev --yes");
  expect(world.printed.join("\n")).not.toContain("configs/dev.yaml");
});

test("a document that a program reads stays a document", async () => {
  const world = older();
  await run(world, "--env dev --yes");
  world.printed.length = 0;
  expect(await run(world, "outputs --env dev --json")).toBe(0);
  expect(() => JSON.parse(world.printed.join("\n")) as unknown).not.toThrow();
});
