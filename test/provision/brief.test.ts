import { expect, test } from "vitest";
import { outcomeLine } from "../../scripts/provision/runner/layer-lines";
import { rehearsing } from "./rehearsing";
import { run, table } from "./runs";

test("a rehearsal prints one line for each layer in each phase, and closes with its result and time", async () => {
  const world = rehearsing();
  expect(await run(world, "--env dev --rehearse")).toBe(0);
  const start = world.printed.indexOf("[simulated] 1 of 3: apply");
  // How many commands of Terraform a layer takes is not what is tested here.
  const timeless = world.printed.slice(start).map((line) => line.replace(/ *(\d+ min )?[\d.]+ s\b/, " TIME"));
  expect(timeless).toEqual([
    "[simulated] 1 of 3: apply",
    "  cellar  applied             3 added TIME",
    "  ground  applied             4 added TIME",
    "  house   applied             2 added TIME",
    "  roof    applied             1 added TIME",
    "  Total TIME: 4 layers applied; objects: 10 added",
    "",
    "[simulated] 2 of 3: a second plan, which must be empty",
    "  cellar  unchanged TIME",
    "  ground  unchanged TIME",
    "  house   unchanged TIME",
    "  roof    unchanged TIME",
    "  Total TIME: 4 layers unchanged",
    "",
    "[simulated] 3 of 3: destroy",
    "  roof    destroyed           1 destroyed TIME",
    "  house   destroyed           2 destroyed TIME",
    "  ground  destroyed           4 destroyed TIME",
    "  cellar  destroyed           3 destroyed TIME",
    "  Total TIME: 4 layers destroyed; objects: 10 destroyed",
    "",
    "[simulated] The rehearsal passed in TIME  applied, planned without changes, destroyed; nothing is left",
  ]);
});

test("with --verbose, a rehearsal prints every plan, and a table for each phase", async () => {
  const world = rehearsing();
  expect(await run(world, "--env dev --rehearse --verbose")).toBe(0);
  expect(world.printed).toContain("[simulated] ground  Network");
  expect(world.printed).toContain("  4 to add, 0 to change, 0 to destroy");
  expect(world.printed.filter((line) => line.startsWith("┌"))).toHaveLength(3);
});

test("a layer that fails in a rehearsal is shown in full: what it is, its plan, and what was noted", async () => {
  const world = rehearsing();
  world.faults.fail.set("aws_vpc.vpc", "VpcLimitExceeded");
  await run(world, "--env dev --rehearse");
  const text = world.printed.join("\n");
  expect(text).toContain("\n\n[simulated] ground  Network\n  + 4 to create:");
  expect(text).toMatch(
    /4 to add, 0 to change, 0 to destroy\n.*\n {2}ground {2}failed .*\n {2}house {3}not run because ground failed\n/,
  );
  expect(text).not.toContain("State bucket and its key");
  expect(table(world)).toEqual({
    cellar: "applied",
    ground: "failed",
    house: "not run because ground failed",
    roof: "not run because ground failed",
  });
});

test("a warning is printed at once, also by a rehearsal", async () => {
  const world = rehearsing();
  Object.assign(world.files, {
    append: () => {
      throw new Error("ENOSPC: no space left on device, write");
    },
  });
  await run(world, "--env dev --rehearse");
  expect(world.printed.filter((line) => line.includes("ENOSPC"))).toHaveLength(1);
});

test.each(["plan --env dev --rehearse", "--env dev --yes"])(
  "%s prints plans: they are asked for, or approved",
  async (line) => {
    const world = rehearsing();
    await run(world, line);
    expect(
      world.printed.filter((printed) => printed.endsWith(" to add, 0 to change, 0 to destroy")),
    ).not.toEqual([]);
  },
);

test("a run closes with its total time, and how many layers ended in which way", () => {
  const counts = { added: 3, changed: 0, destroyed: 1 };
  expect(
    outcomeLine([
      { layer: "vpc", kind: "applied", seconds: 200, counts },
      { layer: "kms", kind: "applied", seconds: 40, counts },
      { layer: "eks", kind: "failed", seconds: 60.4, counts },
      { layer: "efs", kind: "not run", seconds: 0 },
    ]),
  ).toBe("Total 5 min 0 s: 2 layers applied, 1 failed, 1 not run; objects: 9 added, 3 destroyed");
});
