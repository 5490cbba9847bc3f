import { beforeEach, expect, test } from "vitest";
import { inOrder } from "../../lib/layer/layer";
import type { FakeWorld } from "./fake-world";
import { rehearsing } from "./rehearsing";
import { run } from "./runs";
import { cellar, ground } from "./toys";

const hint = "Choose a larger one";
const warned = inOrder([
  cellar,
  {
    ...ground,
    warnings: () => [{ path: ["domain", "parent"], message: "is accepted, but short", hint }],
  },
]);
const note = `configs/dev.yaml:9:11 domain.parent: is accepted, but short. ${hint}`;
let world: FakeWorld;

beforeEach(() => {
  world = rehearsing();
});

const said = async (line: string) => {
  world.printed.length = 0;
  await run(world, line, warned);
  return world.printed.filter((text) => text.includes("is accepted, but short")).map((text) => text.trim());
};

test("what a layer warns of is said by plan and apply, and stops neither", async () => {
  expect(await said("plan --env dev")).toEqual([note]);
  expect(await said("--env dev --yes")).toEqual([note]);
  expect(await run(world, "plan --env dev --detailed-exitcode", warned)).toBe(0);
});

test.each(["destroy --env dev --yes", "outputs --env dev", "apply --env dev --rehearse"])(
  "it is not said where nothing is created: %s",
  async (line) => {
    expect(await said(line)).toEqual([]);
  },
);

test("validate lists it as a warning of a valid file", async () => {
  expect(await run(world, "validate --env dev", warned)).toBe(0);
  expect(world.printed).toEqual([
    "configs/dev.yaml:9:11 warning: domain.parent: is accepted, but short",
    `    ${hint}`,
    "configs/dev.yaml: dev in account 123456789012, us-west-2, 2 layers",
    "valid",
  ]);
});

test("a warning waits until the file has no problems", async () => {
  const text = world.texts.get("configs/dev.yaml") ?? "";
  world.texts.set("configs/dev.yaml", text.replace("name: dev", "name: Dev"));
  expect(await said("validate --env dev")).toEqual([]);
});
