import { expect, test } from "vitest";
import { exitCodes } from "../../lib/errors";
import { rehearsing } from "./rehearsing";
import { run } from "./runs";

const rehearse = "rehearse --env dev";

test("a rehearsal passes that leaves nothing", async () => {
  const world = rehearsing();
  expect(await run(world, rehearse)).toBe(0);
  expect(world.printed.join("\n")).toContain("The rehearsal passed");
});

test.each([
  ["an object", { objects: [{ type: "aws_eip", id: "eipalloc-1" }] }, 'aws_eip "eipalloc-1"'],
  ["a lock", { locks: ["states/dev.tflock"] }, 'lock "states/dev.tflock"'],
])("a rehearsal does not pass that leaves %s", async (_what, left, named) => {
  const world = rehearsing(left);
  expect(await run(world, rehearse)).toMatchObject({
    message: `Cannot pass the rehearsal: destroy left 1 objects or locks: ${named}`,
    exitCode: exitCodes.failed,
  });
  expect(world.printed.join("\n")).not.toContain("The rehearsal passed");
});

test("a rehearsal does not pass whose second plan would change something", async () => {
  const world = rehearsing();
  // After the apply of the last layer, an object of an earlier one disappears.
  world.before = (command) => {
    if (command !== "ground plan" || world.ran.at(-1) === "cellar output") return;
    const [key = "", text = ""] = [...world.cloud.stored].find(([name]) => name.includes("/ground/")) ?? [];
    if (text !== "") world.cloud.stored.set(key, JSON.stringify({ ...JSON.parse(text), resources: [] }));
  };
  expect(await run(world, rehearse)).toMatchObject({
    message: expect.stringMatching(
      /^Cannot pass the rehearsal: right after apply, a second plan of "ground" says "/,
    ),
    exitCode: exitCodes.failed,
  });
});
